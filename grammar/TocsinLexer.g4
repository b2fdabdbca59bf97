// Words, literals and punctuation of Tocsin. There are no actions here: what depends on neighbours (a brace that touches
// its name, the bars of a table, a keyword used as a name) is decided in compiler/parse/scan.cpp, which reads the table that
// make_lexer_table.cpp makes of these rules. A rule that is no fixed text has behind it the word that the
// reference of the language (`tocsin doc --reference`) has for it, and examples after two spaces each; what is a mistake is
// not in there. A comment that stands before a rule begins a group.
lexer grammar TocsinLexer;

channels { COMMENTS, RULES }

// Made by the scanner out of other tokens.
tokens {
  SEL,       // `{` that touches what it selects from: registry_up{region: eu}
  CALL,      // `(` that touches the name it calls
  ROW,       // `|` that begins a table row
  EOR,       // `|` that ends a table row
  UNCLOSED,  // of no width: here the innermost text or interpolation was given up
  ERR        // stands for a literal that was reported and left out
}

// Words that begin a clause.
WHEN      : 'when';
CLEAR     : 'clear';
UNLESS    : 'unless';
ON        : 'on';
AT        : 'at';
AFTER     : 'after';
EVERY     : 'every';
WITHIN    : 'within';
BEFORE    : 'before';
EXPECT    : 'expect';

// Words inside declarations and clauses.
TABLE     : 'table';
FOR       : 'for';
DO        : 'do';
UNTIL     : 'until';
WHILE     : 'while';
MATCHING  : 'matching';
RETRY     : 'retry';
OTHERWISE : 'otherwise';
NO        : 'no';       // only after `expect`, elsewhere a name
END       : 'end';      // only as `{end}`, elsewhere a name

// Words of expressions.
IF        : 'if';
THEN      : 'then';
ELSE      : 'else';
WHERE     : 'where';
OVER      : 'over';
BY        : 'by';
OF        : 'of';
PER       : 'per';
IN        : 'in';
NOT       : 'not';
AND       : 'and';
OR        : 'or';
TRUE      : 'true';
FALSE     : 'false';

// Literals.
fragment D : [0-9];                                                       // digit
fragment N : D+ ('.' D+)?;                                                // decimal
fragment U : [a-zA-Z%]+;                                                  // unit: ms  %  GiB
SPAN : D D ':' D D '..' D D ':' D D;                                      // span: 08:00..16:00
TIME : D D ':' D D (':' D D)?;                                            // time: 09:00  09:00:30
DATE : D D D D '-' D D '-' D D ('T' D D ':' D D (':' D D)? 'Z'?)?;        // date: 2026-12-24  2026-12-24T09:00Z
QTY  : (N U)+ ('/' U)? | N '/' U;                                         // quantity: 5%  1h30m  50/h  10GiB  3sigma
NUM  : N;                                                                 // number: 14.4
ID   : [a-zA-Z_] [a-zA-Z0-9_]*;                                           // name: registry_up  P1

// Text.
TRI   : '"""' -> pushMode(BLOCK_TEXT);
QUOTE : '"' -> pushMode(TEXT);

// Punctuation.
ARROW : '->';
DD    : '..';
EQ    : '==';
NE    : '!=';
LE    : '<=';
GE    : '>=';
LT    : '<';
GT    : '>';
ASG   : '=';
PLUS  : '+';
MINUS : '-';
STAR  : '*';
SLASH : '/';
DOT   : '.';
COMMA : ',';
SEMI  : ';';
COLON : ':';
LP    : '(';
RP    : ')';
LK    : '[';
RK    : ']';
LB    : '{' -> pushMode(DEFAULT_MODE);
RB    : '}' -> popMode;
BAR   : '|';

// What may stand beside all this: the line under a table's header, and comments.
RULE    : '|' ([ \t]* ':'? '-'+ ':'? [ \t]* '|')+ -> channel(RULES);  // underline: |------|:----:|
COMMENT : '#' ~[\r\n]* -> channel(COMMENTS);                         // comment: # until the line ends
SPACE   : [ \t\r\n]+ -> skip;
BAD     : .;

mode TEXT;  // between quotes
CHARS      : ~["\\{}\r\n]+;          // characters
ESCAPE     : '\\' ~[\r\n];            // escape: \n  \t  \"  \\  \{  \}
IP         : '{' -> pushMode(DEFAULT_MODE);
CL         : '"' -> popMode;
CUT        : [\r\n] -> type(UNCLOSED), popMode;
BRACE      : '}';
BACKSLASH  : '\\' -> type(CHARS);     // a mistake

mode BLOCK_TEXT;  // between three quotes
B_CHARS  : ~["\\{}]+ -> type(CHARS);
B_QUOTES : '"' '"'? -> type(CHARS);
B_ESCAPE : '\\' . -> type(ESCAPE);
B_IP     : '{' -> type(IP), pushMode(DEFAULT_MODE);
B_CL     : '"""' -> type(CL), popMode;
B_BRACE  : '}' -> type(BRACE);
B_SLASH  : '\\' -> type(CHARS);  // a mistake
