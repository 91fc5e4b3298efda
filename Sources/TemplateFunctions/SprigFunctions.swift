import TemplateLanguage

/// Sprig's functions, as far as they need no cryptography.
package enum SprigFunctions {
  package static let table: [Function] = [
    Trimming.functions, Casing.functions, WordCase.functions, Slicing.functions, Indenting.functions,
    Quoting.functions, Replacing.functions, Splitting.functions, Wrapping.functions,
    ListParts.functions, ListContents.functions, Entries.functions, Merging.functions,
    Integers.functions, Floats.functions, Defaults.functions, Reflecting.functions,
    Encodings.functions, PathFunctions.functions, URLFunctions.functions, RegexFunctions.functions,
    DateFunctions.functions, DurationFunctions.functions, VersionFunctions.functions, RandomFunctions.functions,
  ].flatMap { $0 }
}
