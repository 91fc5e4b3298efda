/// What a flag takes, with the Go types of pflag that decide how its text is read.
package enum FlagKind: Hashable, Sendable {
  case bool
  case string
  /// The flag may stand alone, and then has this value: `--dry-run`, `--wait`.
  case optionalString(bare: String)
  /// The name of one of Helm's plugins; here there are none, so that only the empty name is accepted.
  case postRenderer
  /// Helm's `--wait`: one of its strategies, `watcher` when it stands alone.
  case waitStrategy
  /// Every use adds one text, commas and all: `--set`.
  case stringArray
  /// Every use adds the fields of a line of comma-separated values: `-f`, `--api-versions`.
  case stringSlice
  /// `key=value` pairs: `--labels`.
  case stringToString
  case int
  case float
  case duration
  /// One of Slipway's own limits.
  case limit(LimitKind)
}

/// One flag: a row of a command's table.
package struct Flag: Hashable, Sendable {
  package let name: String
  package let shorthand: Character?
  package let kind: FlagKind
  /// What to use instead, for a flag that Helm has deprecated: printed as Helm prints it.
  package let deprecation: String?
  /// One line for `--help`; nil hides the flag there.
  package let help: String?
  /// The word for the value in `--help`.
  package let placeholder: String

  package init(
    _ name: String, _ shorthand: Character? = nil, _ kind: FlagKind, deprecation: String? = nil,
    help: String? = nil, placeholder: String = "TEXT"
  ) {
    self.name = name
    self.shorthand = shorthand
    self.kind = kind
    self.deprecation = deprecation
    self.help = help
    self.placeholder = placeholder
  }

  /// How errors name the flag: `-f, --values`.
  var display: String { shorthand.map { "-\($0), --\(name)" } ?? "--\(name)" }
}

/// Why a command line cannot be used, in pflag's words.
package struct FlagError: Error, Hashable, Sendable {
  package let message: String
  package init(_ message: String) { self.message = message }
}

/// A command line read by a flag table.
package struct ParsedFlags: Sendable {
  /// The texts given for each flag, in order; booleans as `true` or `false`.
  package private(set) var texts: [String: [String]] = [:]
  package private(set) var positionals: [String] = []
  /// Deprecated flags that were used, in order.
  package private(set) var deprecations: [String] = []
  package private(set) var asksForHelp = false

  package func isSet(_ name: String) -> Bool { texts[name] != nil }
  package func bool(_ name: String, default value: Bool = false) -> Bool {
    texts[name]?.last.map { $0 == "true" } ?? value
  }
  package func string(_ name: String) -> String? { texts[name]?.last }
  package func strings(_ name: String) -> [String] { texts[name] ?? [] }

  fileprivate mutating func add(_ text: String, to flag: Flag) throws(FlagError) {
    if let deprecation = flag.deprecation, texts[flag.name] == nil {
      deprecations.append("Flag --\(flag.name) has been deprecated, \(deprecation)")
    }
    do {
      let read = try FlagText.read(text, as: flag.kind)
      texts[flag.name, default: []].append(contentsOf: read)
    } catch {
      throw FlagError("invalid argument \(FlagText.quoted(text)) for \"\(flag.display)\" flag: \(error.message)")
    }
  }
}

/// Reads arguments as spf13/pflag reads them: flags and arguments interleave, `--` ends flags, short flags cluster.
package struct FlagParser: Sendable {
  /// Searched from the end, so that a later row replaces an earlier one: a command line names few flags, and making a
  /// dictionary of all takes longer than to find them.
  private let flags: [Flag]

  package init(_ flags: [Flag]) { self.flags = flags }

  private func flag(named name: String) -> Flag? { flags.last { $0.name == name } }
  private func flag(shorthand letter: Character) -> Flag? { flags.last { $0.shorthand == letter } }

  package func parse(_ arguments: [String]) throws(FlagError) -> ParsedFlags {
    var parsed = ParsedFlags()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        parsed.addPositionals(rest)
        break
      } else if argument.hasPrefix("--") {
        try parseLong(argument, &rest, &parsed)
      } else if argument.hasPrefix("-"), argument.count > 1 {
        try parseShort(argument, &rest, &parsed)
      } else {
        parsed.addPositionals([argument])
      }
      if parsed.asksForHelp { break }
    }
    return parsed
  }

  private func parseLong(
    _ argument: String, _ rest: inout ArraySlice<String>, _ parsed: inout ParsedFlags
  ) throws(FlagError) {
    let body = argument.dropFirst(2)
    guard let first = body.first, first != "-", first != "=" else { throw FlagError("bad flag syntax: \(argument)") }
    let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let flag = flag(named: name) else {
      guard name == "help" else { throw FlagError("unknown flag: --\(name)") }
      return parsed.askForHelp()
    }
    if parts.count == 2 {
      try parsed.add(String(parts[1]), to: flag)
    } else if let bare = flag.kind.bareText {
      try parsed.add(bare, to: flag)
    } else if let next = rest.popFirst() {
      try parsed.add(next, to: flag)
    } else {
      throw FlagError("flag needs an argument: \(argument)")
    }
  }

  private func parseShort(
    _ argument: String, _ rest: inout ArraySlice<String>, _ parsed: inout ParsedFlags
  ) throws(FlagError) {
    var cluster = argument.dropFirst()
    while let letter = cluster.popFirst() {
      guard let flag = flag(shorthand: letter) else {
        guard letter == "h" else {
          throw FlagError("unknown shorthand flag: '\(letter)' in -\(String(letter) + cluster)")
        }
        return parsed.askForHelp()
      }
      if cluster.first == "=" {
        return try parsed.add(String(cluster.dropFirst()), to: flag)
      } else if let bare = flag.kind.bareText {
        try parsed.add(bare, to: flag)
      } else if !cluster.isEmpty {
        return try parsed.add(String(cluster), to: flag)
      } else if let next = rest.popFirst() {
        return try parsed.add(next, to: flag)
      } else {
        throw FlagError("flag needs an argument: '\(letter)' in \(argument)")
      }
    }
  }
}

extension FlagKind {
  /// The value of a flag that stands alone; nil when it needs one.
  fileprivate var bareText: String? {
    switch self {
    case .bool: "true"
    case .optionalString(let bare): bare
    case .waitStrategy: "watcher"
    default: nil
    }
  }
}

extension ParsedFlags {
  fileprivate mutating func addPositionals(_ texts: some Sequence<String>) { positionals += texts }
  fileprivate mutating func askForHelp() { asksForHelp = true }
}
