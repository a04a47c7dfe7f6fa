"""Attributes of objects of smashcima 1.1.2, with what has taken their place: the table behind `FormerAttributes`."""

from __future__ import annotations

_DURATION = {
    "type_duration": "`duration.type`",
    "augmentation_dots": "`duration.dots`",
    "fractional_duration": "`quarter_length`",
}
_CHANGES = "`score.descendants(Clef)`, and so on: clefs and signatures are objects in their voices"
_BUILDER = "`ScoreBuilder` in `smashcima.scene.semantic`"
_UPDATE = "`score.update()`"
_OVERLAY = "`OverlayRenderer('boxes').write(page, path)`"

FORMER_ATTRIBUTES: dict[str, dict[str, str]] = {
    # -- geometry
    "Quad": dict.fromkeys("abcd", "`points`"),
    "Contours": {"polygons": "`rings`: arrays of shape (n, 2), holes included"},
    # -- graph and spaces
    "SceneObject": {
        "inlinks": "`sources(edge)`",
        "outlinks": "`edges()`",
        "_of_impl": "`sources(edge)`",
        "detach": "an assignment of None to the edge, such as `sprite.space = None`",
    },
    "Scene": {
        "add_many": "`add(*objects)`",
        "add_closure": "`add(*objects)`: a scene has all objects that are linked to its own",
    },
    "AffineSpace": {"get_children": "`sub_spaces`", "get_root": "`root`"},
    "ScenePoint": {"transform_to": "`in_space(space)`", "place_debug_overlay": _OVERLAY},
    "LabeledRegion": {
        "get_contours_in_space": "`contours_in(space)`",
        "get_bbox_in_space": "`bbox_in(space)`",
        "many_of_space": "`LabeledRegion.many_of(space, 'space')`",
    },
    "Glyph": {"get_bbox_in_space": "`bbox_in(space)`", "place_debug_overlay": _OVERLAY},
    "LineGlyph": {"line_length": "`start_point` and `end_point`, which are points in spaces"},
    "ComposedGlyph": {"build": "`compose(label, space, sub_glyphs)`"},
    "Sprite": {
        "get_pixels_to_parent_space_transform": "`pixels_to_space`",
        "get_pixels_to_origin_space_transform": "`pixels_to_space`",
        "pixel_width": "`bitmap.shape[1]`",
        "pixel_height": "`bitmap.shape[0]`",
        "pixels_bbox": "`bitmap.shape`",
        "physical_width": "`bitmap.shape[1] * 25.4 / dpi`",
        "physical_height": "`bitmap.shape[0] * 25.4 / dpi`",
        "many_of_space": "`Sprite.many_of(space, 'space')`",
        "debug_box": "`Sprite.rectangle(space, rectangle, color)`",
        "traverse_sprites": "`scene.find(Sprite)`",
    },
    # -- music
    "DurationType": {"to_quarter_multiple": "`quarter_length`"},
    "Pitch": {"get_linear_pitch": "`diatonic`", "from_linear_pitch": "`of_diatonic(diatonic)`"},
    "Clef": {
        "sign": "`shape`",
        "after_barline": "the place of the clef among the children of its voice",
        "clef_line_to_pitch_position": "`position()`",
        "origin_pitch": "`middle_diatonic()`",
        "pitch_to_pitch_position": "`pitch_position(pitch)`",
        "pitch_position_to_pitch": "`middle_diatonic()`, plus the position: `Pitch.of_diatonic(...)`",
    },
    "TimeSignature": {"beat_type": "`unit`"},
    "Event": {
        **_DURATION,
        "get_event": "the event itself: notes, chords and rests are events",
        "of_durable": "the event itself: notes, chords and rests are events",
        "durables": "the event itself: notes, chords and rests are events",
        "fractional_measure_onset": "`onset_in_measure`",
        "attributes": "`MeasureStaff.clef`, `key_signature` and `time_signature`",
        "attributes_change": _CHANGES,
    },
    "Note": {"accidental_value": "`accidental.kind`"},
    "Rest": {"display_pitch": "`staff_position`"},
    "MeasureRest": {"display_pitch": "`staff_position`"},
    "Chord": {
        "get_type_duration": "`duration.type`",
        "add_note": "`children.append(note)`",
        "stem_value": "`stem_direction`",
    },
    "Beam": {
        "of_chord_or_none": "`event.beam`",
        "add_chord": "`children.append(chord)`",
        "is_complete": "`events`: a beam contains its notes and chords",
        "iterate_beams": "`scene.find(BeamSegment)`: each has a level",
        "iterate_hooks": "`scene.find(BeamSegment)`: see `is_hook`",
        "chords": "`events`",
        "beam_values": "`events`: a beam contains its notes and chords",
    },
    "Staff": {
        "staff_index": "`n`",
        "staff_number": "`n`",
        "of_durable": "`event.staff`",
        "durables": "`score.events()`: each has a `staff`",
    },
    "Measure": {
        "first_event": "`voices[0].events[0]`",
        "events": "`voices`: each has `events`",
        "of_durable": "`event.measure`",
        "of_event": "`event.measure`",
        "of_staff": "`MeasureStaff.measure`",
        "add_attributes_change": _BUILDER,
        "add_durable": _BUILDER,
        "get_or_create_event": _BUILDER,
        "get_or_create_staff": _BUILDER,
        "sort_events": _UPDATE,
        "sort_staves": _UPDATE,
        "measures": "the measure itself: it has the music of all parts",
        "from_part_measures": "`score.measures`: a measure has the music of all parts",
        "measure_for_staff": "`staff(n)`",
        "iterate_staves_with_measures": "`staves`",
    },
    "Part": {
        "measures": "`score.measures`: a measure has the music of all parts",
        "staff_count": "`staves`",
        "of_measure": "`score.parts`: a measure has the music of all parts",
        "append_measure": _BUILDER,
        "compute_event_attributes": _UPDATE,
        "validate": _UPDATE,
    },
    "Score": {
        "staff_count": "`staves`",
        "measure_count": "`measures`",
        "first_staff_index_of_part": "`part.staves[0].n`",
        "staff_index_of_durable": "`event.staff.n`",
        "get_score_measure": "`measures[index]`",
        "validate": "`update()`",
        "new_system_measure_indices": "`descendants(SystemBreak)`",
        "new_page_measure_indices": "`descendants(PageBreak)`",
    },
    # -- what is drawn
    "SystemStaff": {
        "width": "`region.bbox_in(space)`",
        "staff_height": "`line_ys`",
        "staff_coordinate_system": "`line_ys` and `staff_space`",
        "space": "`system.page.space`",
        "glyph": "`scene.find(StaffLine)`",
    },
    "Notehead": {
        "clef": "`note.position` with its `MeasureStaff.clef`",
        "staff": "`note.staff`",
        "pitch_position": "`note.position`",
        "up_stem_attachment_side": "`Stem.of_notehead(notehead)`: the side follows from the positions",
        "down_stem_attachment_side": "`Stem.of_notehead(notehead)`: the side follows from the positions",
    },
    "RestMark": {
        "rest_semantic": "`semantic`",
        "of_rest": "`RestMark.of(rest, 'semantic')`",
        "clef": "`semantic.staff`",
        "staff": "`semantic.staff`",
        "pitch_position": "`semantic.staff_position`",
        "default_display_pitch": "the engraver, which places rests",
        "display_pitch_to_glyph_pitch_position": "the engraver, which places rests",
    },
    "Stem": {
        "chord": "`noteheads[0].note.chord`",
        "base": "`glyph.start_point`",
        "tip": "`glyph.end_point`",
        "of_chord": "`Stem.of_notehead(notehead)`",
        "of_chord_or_none": "`Stem.of_notehead(notehead)`",
    },
    "BeamSegment": {
        "beamed_group": "`chords[0].beam`",
        "chord": "`chords[0]`",
        "beam_number": "`level`",
        "hook_type": "`is_hook`",
    },
    "AugmentationDot": {
        "owners": "`noteheads`, or `rest`",
        "augmentation_dot_index": "`note.duration.dots`",
        "pitch_position": "`noteheads[0].note.position`",
    },
    "LedgerLine": {"affected_noteheads": "`noteheads`", "affected_rest": "`semantic`"},
    "StaffMeasure": {
        "measure": "`system_measure.semantic`",
        "staff_semantic": "`staff.semantic`",
        "staff_visual": "`staff`",
        "of_staff_semantic": "`StaffMeasure.many_of(staff, 'staff')`",
        "many_of_staff_visual": "`StaffMeasure.many_of(staff, 'staff')`",
    },
    "SystemMeasure": {"score_measure": "`semantic`"},
    "System": {
        "first_measure_index": "`measures[0].index`",
        "last_measure_index": "`measures[-1].index`",
        "measure_count": "`len(measures)`",
    },
    # -- scenes and models
    "MusicScene": {
        "mpp_writer": "`styles['writer']`",
        "mzk_background_patch": "`styles['paper']`",
    },
    "ScoreModel": {
        "load_score": "`lay_out(loaded)`, or `model(load_score(path))`",
        "page_synthesizer": "`container.resolve(PageSynthesizer)`",
        "mzk_paper_style_domain": "`container.resolve(PaperStyleDomain)`, in a model with paper='any'",
    },
    "BaseHandwrittenModel": {"mpp_style_domain": "`writers`"},
    # -- services
    "Styler": {
        "register_domains_from_container": "`register_domain(domain)`",
        "resolve_domain": "`domains`",
    },
    "SampledWriterDomain": {
        "all_styles": "`only`, such as ['W-28']",
        "all_writers": "`writers`",
        "current_writer": "`choice`, or `sampled_writer` for what was picked",
        "current_style": "`choice`",
    },
    "PenWriterDomain": {
        "all_styles": "`choice`: the pen has a writer for each number",
        "all_writers": "`choice`: the pen has a writer for each number",
        "current_writer": "`choice`, or `writer` for what was picked",
        "current_style": "`choice`",
    },
    "PaperStyleDomain": {
        "all_patches": "`choice`, which takes papers by name; a `QuiltedPaperSynthesizer` takes patches",
        "current_patch": "`choice`, or `style` for what was picked",
        "current_style": "`choice`",
    },
    "LineSynthesizer": {
        "line_to_line_transform_preserving_thickness": "`synthesize_line(...)`, which keeps the thickness",
    },
    "StafflinesSynthesizer": {
        "staff_height": "the option `staff_height_mm` of a model",
        "staff_space_unit": "the option `staff_height_mm` of a model",
        "line_color": "`PrintedStafflinesSynthesizer.color`",
    },
    "MusicNotationSynthesizer": {
        "fill_page": "`synthesize_notation(score, engraving, space)`",
        "synthesize_system": "`synthesize_notation(score, engraving, space)`",
    },
    "PageSynthesizer": {"page_setup": "the options `page` and `layout` of a model"},
    "SolidColorPaperSynthesizer": {"dpi": "`color`: the paper is a rectangle and has no resolution"},
    "GlyphSynthesizer": {
        "fallback_synthesizer": "`FallbackGlyphSynthesizer` in `smashcima.synthesis.glyph`",
        "all_repository_labels": "`supports_label(label)`",
        "pick": "`create_glyph(label)`",
    },
    "DefaultCompositor": {
        "extract_layers": "`smashcima.imaging.draw_layers(page, dpi)`",
        "process_extracted_layers": "`postprocessor.process_layers(layers, rng)`",
        "process_final_layer": "`postprocessor.process_image(image, rng)`",
    },
    "Postprocessor": {
        "process_extracted_layers": "`process_layers(layers, rng)`",
        "process_final_layer": "`process_image(image, rng)`",
        "apply_to": "`process_image(image, rng)`",
    },
    # -- assets
    "AssetBundle": {
        "remove": "`AssetRepository.remove(bundle)`",
        "write_metadata": "`manifest`, which the repository writes",
        "needs_installation": "`AssetRepository.is_installed(bundle)`",
        "metadata_exists": "`AssetRepository.is_installed(bundle)`",
    },
    "MuscimaPP": {"cropobjects_directory": "`archive`, with the files in `documents`"},
    "MuscimaPPGlyphs": {
        "symbol_repository_path": "`path`",
        "load_symbol_repository": "`store`",
        "build_debug_folder": "`store`: `smashcima.jupyter.display_glyphs` shows glyphs",
    },
    "IiifPaperPatches": {
        "load_patch_index": "`patches`",
        "get_patch_path": "`patches`",
        "load_bitmap_for_patch": "`patches[0].pixels`",
    },
    "PaperPatch": {
        "is_commented": "`MzkPaperPatches.patches`, which leaves these out",
        "mzk_uuid": "`name`",
        "rectangle": "`pixels`",
    },
}
"""What has taken the place of attributes, by the name of the class today."""

FORMER_CLASS_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "ComposedGlyph": ("build",),
    "Sprite": ("many_of_space", "debug_box", "traverse_sprites"),
    "LabeledRegion": ("many_of_space",),
    "SceneObject": ("_of_impl",),
    "Pitch": ("from_linear_pitch",),
    "Clef": ("clef_line_to_pitch_position", "origin_pitch"),
    "Event": ("of_durable",),
    "Staff": ("of_durable",),
    "Measure": ("of_durable", "of_event", "of_staff", "from_part_measures"),
    "Beam": ("of_chord_or_none",),
    "Part": ("of_measure",),
    "RestMark": ("of_rest", "default_display_pitch", "display_pitch_to_glyph_pitch_position"),
    "Stem": ("of_chord", "of_chord_or_none"),
    "StaffMeasure": ("of_staff_semantic", "many_of_staff_visual"),
    "LineSynthesizer": ("line_to_line_transform_preserving_thickness",),
}
"""Those that were called on the class."""
