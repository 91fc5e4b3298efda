import SourceText

/// `slipway-dev generate [--check]` and `slipway-dev new-rule CATEGORY ID`, run at the top of the repository.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch (arguments.first, arguments.count) {
  case ("generate", 1): try generate()
  case ("generate", 2) where arguments[1] == "--check": try checkFreshness()
  case ("new-rule", 3): try addRule(category: arguments[1], id: arguments[2])
  default: throw RuleFileError(description: "usage: slipway-dev generate [--check] | new-rule CATEGORY ID")
  }
} catch {
  fail("\(error)")
}
