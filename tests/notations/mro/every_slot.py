"""An MRO file with every slot of the specification, written by hand."""

EVERY_SLOT = '''OMRfile
fileheader { version 3100 characterencoding ISO88591 }
score
{
title$ "The ""Trout""" unitsperstavespacing 16  preedit 1 pages
  { nof 1 page
    {
    width 1200 height 1700 origwidth 2480 origheight 3508
    skewangle 12 rowoffset -3 coloffset 4 spacing 21504
    imagefpath$ "C:\\scans\\trout.bmp"
    comment$ "a comment with { brackets }"
    systems { nof 1 system
      {
      top 100 left 80 width 1000 height 200
      staves { nof 2 stave
        {
        top 100 left 80 width 1000 size 64 voicessplit True joinedtobelow True
        bars { nof 1 bar
          {
          clefs { nof 1 clef { shape TrebleDown8 centre 40,20 pitchposn 2 } }
          keysigs { nof 1 keysig { key -3 centre 30,60 } }
          timesig { showasalpha True top 4 bottom 4 centre 32,90 timeslice 0/1 }
          chords { nof 1 chord
            {
            virtualstem False stemup True stemslash True
            tuplettransform 2/3 tupletID 0 nofmmrestbars 2
            accent True staccato True marcato True staccatissimo True tenuto True pause True
            upbow True downbow True trill True mordent True invmordent True
            staccato_dr 80 tenuto_dr 90 pause_dr -20 accent_dr -30
            naugdots 1 nflags 2 flagposn -12,140 headend 3
            beam { id 5 nofnodes 3 nofleft 1 nofright 2 }
            notes { nof 2
              note { shape Solid staveoffset 1 p 3 accid Sharp accid_dc -14 normalside False }
              note { shape Solid staveoffset 0 p 1 accid NaturalFlat accid_dc -15 normalside True } }
            } }
          barline { type ThinThick leftlinex 990 rightlinex 998 trueend False invented True }
          } }
        lyriclines { nof 1 lyricline
          { abot 110 height 36 style 6
            elements { nof 1 lyricelement
              { extender True c0 130 c1 160 text$ "Fo\xf6-" midc 145 bar 0 symbol 2 } } } }
        texts { nof 1 text { abot -40 c0 20 height 40 style 5 type 1 text$ "Am7" } }
        dynamics { nof 2 dynamic { type Hairpincres c 0 c0 100 c1 200 r 90 }
                         dynamic { type Dyn_sffz c 150 c0 0 c1 0 r 95 } }
        }
      stave { top 236 left 80 width 1000 size 64 voicessplit False joinedtobelow False }
      }
      slurs { nof 1 slur { leftpt 10,140 rightpt 12,300 radius -90 partner 1 } }
      } } } } }
'''.encode("latin-1")
