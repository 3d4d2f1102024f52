/** What `h` shows. */
export const HELP_LINES = `                   SUMMARY OF LESS COMMANDS

      Commands marked with * may be preceded by a number, N.

  h                    This help.
  q  :q  Q             Exit.

  e  j  Down  Enter *  Forward one line.        y  k  Up *           Backward one line.
  f  Space  ^F      *  Forward one window.      b  ^B             *  Backward one window.
  d  ^D             *  Forward half a window.   u  ^U             *  Backward half a window.
  Right  Left          Right, left half a screen width.
  F                    Forward for ever, like "tail -f". ^C stops.
  g  <  Home        *  First line (or line N).  G  >  End         *  Last line (or line N).
  p  %              *  N percent into the file.
  /pattern             Search forward.          ?pattern             Search backward.
  n                    Repeat the search.       N                    Repeat it in reverse direction.
  -N  -S  -i           Turn line numbers, chopped lines, case-insensitive searches on or off.
  :n  :p               Next, previous file.
  =  ^G                File name and position.
  r  ^L                Repaint.
`.split('\n');
