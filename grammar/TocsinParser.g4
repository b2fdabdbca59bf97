// One declaration form, tables and expressions; no kind is known here. It is parsed with SLL prediction alone: a test holds
// that no decision ever falls back to full LL.
parser grammar TocsinParser;
options { tokenVocab = TocsinLexer; superClass = TocsinParserBase; }
@parser::postinclude {
#include "TocsinParserBase.h"
}

// Files --------------------------------------------------------------------------------------------------------------

file : item* EOF;
item : decl | table;

// Declarations -------------------------------------------------------------------------------------------------------

decl
  : ID ID params? text? (COLON expr)? (FOR expr)? (block | ASG expr)?   # Named
  | ID text block                                                       # Titled
  ;
nested
  : ID ID (DOT ID)* params? text? (COLON expr)? (FOR expr)? (block | ASG expr)?   # NestedNamed
  | ID text? block                                                      # NestedAnonymous
  ;
params : CALL (param (COMMA param)*)? RP;
param  : ID (COLON expr)?;
block  : LB (clause SEMI?)* RB;

table : TABLE ID row+;
row   : ROW cell (BAR cell)* EOR;
cell  : expr?;

// Clauses ------------------------------------------------------------------------------------------------------------

clause
  : ID COLON expr                                                           # Field
  | ID ARROW ID ON trigger (COMMA trigger)* (IF expr)? (DO effect)?         # Transition
  | ID WHEN expr                                                            # Arm
  | ID OTHERWISE                                                            # LastArm
  | ID (DOT ID)* (SEL args RB)? ASG expr (COMMA THEN expr AT expr)*         # Sample
  | WHEN expr (FOR expr)? (DO effect)?                                      # When
  | CLEAR expr (FOR expr)?                                                  # Clear
  | UNLESS expr                                                             # Unless
  | timing expr (EXPECT NO? expr | ((UNTIL | WHILE) expr)? DO effect)       # Timed
  | EXPECT NO? expr                                                         # Expect
  | action                                                                  # Act
  | nested                                                                  # Child
  | table                                                                   # ChildTable
  ;
timing  : ON | AT | AFTER | EVERY | WITHIN | BEFORE;
trigger : AFTER expr | WHEN expr | event;
event   : ID (DOT ID)* (CALL args? RP)?;
labels  : LP ID (COMMA ID)* RP;

// What follows `do` and `else`.
effect : action | LB (action SEMI?)* RB;
action : ID CALL args? RP (RETRY expr EVERY expr)? (ELSE effect)?;

// Expressions, the tightest first ------------------------------------------------------------------------------------

expr
  : prim                                          # Primary
  | expr DOT ID                                   # Member
  | expr CALL args? RP                            # Call
  | expr SEL args RB                              # Select
  | expr OVER expr                                # Over
  | expr BY labels                                # By
  | expr MATCHING labels                          # Matching
  | MINUS expr                                    # Negate
  | expr (STAR | SLASH | OF | PER) expr           # Multiply
  | expr DD expr                                  # Range
  | expr SPAN                                     # MomentSpan
  | expr TIME                                     # MomentTime
  | expr (PLUS | MINUS) expr                      # Add
  | expr (LT | GT | LE | GE | EQ | NE) expr       # Compare
  | expr NOT? IN expr                             # In
  | <assoc = right> expr ARROW expr               # Arrow
  | NOT expr                                      # Not
  | expr AND expr                                 # And
  | expr OR expr                                  # Or
  | expr WHERE expr                               # Where
  | IF expr THEN expr ELSE expr                   # If
  ;
prim
  : NUM                                           # Number
  | QTY                                           # Quantity
  | SPAN                                          # TimeSpan
  | TIME                                          # TimeOfDay
  | DATE                                          # Date
  | (TRUE | FALSE)                                # Boolean
  | ID                                            # Name
  | ERR                                           # Reported
  | text                                          # Words
  | LP expr (COMMA expr)* RP                      # Group
  | LK (expr (COMMA expr)*)? RK                   # List
  ;
args : arg (COMMA arg)*;
arg  : ID COLON expr | expr;

text : (QUOTE | TRI) part* CL;
part
  : CHARS                                         # Chars
  | ESCAPE                                        # Escape
  | IP expr RB                                    # Inserted
  | IP control RB                                 # Directive
  ;
control : FOR ID IN expr | IF expr | ELSE (IF expr)? | END;
