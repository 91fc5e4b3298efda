"""The functions of the template language: what each takes, and what it gives.

A row is `name result: parameters`. A parameter is a sort of value (see expressions.py); `*` after one allows any number
of it. Functions whose results are random, dated or in the order of Go's maps are left out, or wrapped in what
makes their result certain.
"""

ROWS = """
abbrev str: small str
abbrevboth str: small small str
add int: num*
add1 int: num
add1f float: num
addf float: num*
adler32sum str: str
all bool: any*
and any: any any*
any bool: any*
append list: list any
atoi int: numstr
b32dec str: b32
b32enc str: str
b64dec str: b64
b64enc str: str
base str: path
biggest int: num num*
camelcase str: str
cat str: any*
ceil float: num
chunk list: small list
clean str: path
coalesce any: any*
compact list: list
concat list: list list*
contains bool: str str
date str: layout time
dateInZone str: layout time zone
dateModify time: duration time
date_in_zone str: layout time zone
date_modify time: duration time
deepCopy any: any
deepEqual bool: any any
default any: any any
dict dict: key any key any
dig any: key any dict
dig any: key key any dict
dir str: path
div int: num num
divf float: num num*
duration str: num
durationRound str: duration
empty bool: any
eq bool: any any any*
ext str: path
first any: list
float64 float: num
floor float: num
fromJson dict: json
fromJsonArray list: json
fromToml dict: toml
fromYaml dict: yaml
fromYamlArray list: yaml
ge bool: num num
get any: dict key
gt bool: num num
has bool: any list
hasKey bool: dict key
hasPrefix bool: str str
hasSuffix bool: str str
html str: any*
htmlDate str: time
htmlDateInZone str: time zone
indent str: small str
index any: list small
index any: dict key
index any: any any any
initial list: list
initials str: str
int int: num
int64 int: num
isAbs bool: path
join str: str list
js str: any*
kebabcase str: str
kindIs bool: kind any
kindOf str: any
last any: list
le bool: num num
len int: list
len int: str
len int: dict
list list: any*
lookup dict: str str str str
lower str: str
lt bool: num num
max int: num num*
maxf float: num num*
merge dict: dict dict*
mergeOverwrite dict: dict dict*
min int: num num*
minf float: num num*
mod int: num num
mul int: num num*
mulf float: num num*
mustAppend list: list any
mustChunk list: small list
mustCompact list: list
mustDateModify time: duration time
mustDeepCopy any: any
mustFirst any: list
mustFromJson any: json
mustHas bool: any list
mustInitial list: list
mustLast any: list
mustMerge dict: dict dict*
mustMergeOverwrite dict: dict dict*
mustPrepend list: list any
mustPush list: list any
mustRegexFind str: regex str
mustRegexFindAll list: regex str small
mustRegexMatch bool: regex str
mustRegexReplaceAll str: regex str str
mustRegexReplaceAllLiteral str: regex str str
mustRegexSplit list: regex str small
mustRest list: list
mustReverse list: list
mustSlice list: list small small
mustToDate time: layout str
mustToDuration any: duration
mustToJson str: any
mustToPrettyJson str: any
mustToRawJson str: any
mustToToml str: dict
mustToYaml str: any
mustUniq list: list
mustWithout list: list any*
ne bool: any any
nindent str: small str
nospace str: str
not bool: any
omit dict: dict key*
or any: any any*
osBase str: path
osClean str: path
osDir str: path
osExt str: path
osIsAbs bool: path
pick dict: dict key*
pluck list: key dict*
plural str: str str int
prepend list: list any
print str: any*
printf str: format any*
println str: any*
push list: list any
quote str: any*
regexFind str: regex str
regexFindAll list: regex str small
regexMatch bool: regex str
regexQuoteMeta str: str
regexReplaceAll str: regex str str
regexReplaceAllLiteral str: regex str str
regexSplit list: regex str small
repeat str: small str
replace str: str str str
rest list: list
reverse list: list
round float: num small
seq str: small*
semver any: version
semverCompare bool: constraint version
set dict: dict key any
sha1sum str: str
sha256sum str: str
sha512sum str: str
slice list: list small small
slice str: str small small
snakecase str: str
sortAlpha list: list
split dict: str str
splitList list: str str
splitn dict: str small str
squote str: any*
sub int: num num
subf float: num num*
substr str: small small str
swapcase str: str
ternary any: any any bool
title str: str
toDate time: layout str
toDecimal int: numstr
toJson str: any
toPrettyJson str: any
toRawJson str: any
toString str: any
toStrings list: list
toToml str: dict
toYaml str: any
toYamlPretty str: any
trim str: str
trimAll str: str str
trimPrefix str: str str
trimSuffix str: str str
trimall str: str str
trunc str: small str
tuple list: any*
typeIs bool: type any
typeIsLike bool: type any
typeOf str: any
uniq list: list
unixEpoch str: time
unset dict: dict key
until list: small
untilStep list: small small small
untitle str: str
upper str: str
urlJoin str: dict
urlParse dict: url
urlquery str: any*
values list: dict
without list: list any*
wrap str: small str
wrapWith str: small str str
durationRoundTo any: duration duration
durationTruncateTo any: duration duration
durationHours any: duration
durationMilliseconds any: duration
durationMinutes any: duration
durationSeconds any: duration
durationDays any: duration
durationWeeks any: duration
durationNanoseconds any: duration
durationMicroseconds any: duration
toDuration any: duration
required any: str any
fail str: str
hello str:
keys list: dict
call any: any any*
"""

# Their lists come in the order of Go's maps.
UNORDERED = {"keys", "values"}

# They change their first argument, which must not be what other templates look at.
CHANGING = {"set", "unset", "merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite"}


class Function:
    def __init__(self, row):
        head, _, parameters = row.partition(":")
        self.name, self.result = head.split()
        self.parameters = parameters.split()


FUNCTIONS = [Function(row) for row in ROWS.strip().split("\n")]
BY_RESULT = {}
for function in FUNCTIONS:
    BY_RESULT.setdefault(function.result, []).append(function)
