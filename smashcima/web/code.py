"""Python code that makes a page of the playground."""

from __future__ import annotations

from smashcima.web.drawing import DrawnPage, arguments_of, class_name, has_strength

_LINE = 80
"""Length of a line, in characters, above which a call is broken."""


def python_code(drawn: DrawnPage) -> str:
    """Returns a program that writes the image of the page to `page.png`, pixel for pixel the same.

    It reads the score, which can be downloaded from the playground, from the current folder.
    """
    options = drawn.options
    arguments = [f"{name}={_literal(value)}" for name, value in arguments_of(options).items()]
    lines = ["import smashcima as sc", "", _call(f"model = sc.{class_name(options)}", arguments)]
    if has_strength(options):
        lines.append(f"model.postprocessor.strength = {options.strength!r}")
    if drawn.file is None:
        lines.append(f"scene = model({_literal(options.source)}, index=0)")
    else:
        score = _literal(drawn.file.file_name)
        if len(drawn.file.loaded) > 1:
            score = f"sc.load_scores({score}).each()[{options.number - 1}]"
        lines.append(f"scene = model({score}, index=0, pages=[{drawn.page.index}])")
    lines += [
        "page = scene.compose_page(scene.pages[0])",
        'sc.write_image(page.bitmap, "page.png")',
        "",
        "# its ground truth, in two of many formats",
        'sc.MungExporter().write(page, "page.mung")',
        'sc.CocoExporter(file_name="page.png").write(page, "page.coco.json")',
    ]
    return "\n".join(lines) + "\n"


def _call(function: str, arguments: list[str]) -> str:
    """Returns the code of a call, in several lines if it is long."""
    line = f"{function}({', '.join(arguments)})"
    if len(line) <= _LINE:
        return line
    return "\n".join([f"{function}(", *(f"    {each}," for each in arguments), ")"])


def _literal(value: object) -> str:
    """Returns Python code of a text or number, with double quotes where possible."""
    text = repr(value)
    if isinstance(value, str) and '"' not in text and "\\'" not in text:
        return f'"{text[1:-1]}"'
    return text
