"""Words that say nothing by themselves, and are not listed as ignored."""

from __future__ import annotations

FILLERS = frozenset(
    """
    a an the this that these those it its is are be was were will would should could can may must do does has have having i we you me my please
    and or of in on at to for from with within by as into onto using use used also but like about around over under than then
    piece pieces music musical score scores sheet sheets page pages work works composition composed compose composing composer generate make create draw
    write written render show give want need like looking image picture movement movements excerpt part parts section instrument instruments
    instrumentation solo key tempo time signature meter metre style styled period era form genre texture typical
    melody melodies tune tunes notes staffs clef clefs line lines
    some any one short long little small nice lovely old young gentle beautiful pretty good new original own kind type sort simple-looking sounding
    paper handwriting hand pen ink marked marking markings notation set arranged arrangement version setting accompaniment accompanied
    accompanying played playing performed scored left right upper lower staff system measure bar
    der die das des dem den ein eine einen einem einer eines und oder in im am an auf aus fur mit von vom zu zum zur bei nach ist sind als stuck stucke
    noten musik satz partitur seite takt blatt blattes besetzung papier komponiert geschrieben
    ii iii iv
    le la les un une du de des et ou en pour avec sur dans par au aux est sont morceau partition page musique piece mesure mesures papier accompagnement
    pieces tres style
    il lo gli i uno una di del della dei e o ed per con su da dal nel nella sul sulla al alla brano pezzo musica spartito partitura carta
    el los las y para con en por obra pieza partitura musica
    em no um uma os as do da dos das seul seule sola solista mixto mixta
    tonalite tonalita tonalidad tonart grundtonart tonalidade compas length lengths long dated digital din ecrit ecrite scritto scritta escrito escrita
    geschriebene geschriebenes
    pro na v ve s se z ze a nebo skladba noty noveho
    """.split()
)
"""Articles, prepositions, and nouns such as `piece`, folded."""
