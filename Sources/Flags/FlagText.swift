/// Reads the text of one use of a flag, as pflag's types do.
enum FlagText {
  /// The texts that this use adds; booleans normalised to `true` and `false`.
  static func read(_ text: String, as kind: FlagKind) throws(FlagError) -> [String] {
    switch kind {
    case .bool: return [try readBool(text)]
    case .string, .optionalString, .stringArray: return [text]
    case .stringSlice: return try fields(text)
    case .stringToString: return try readPairs(text)
    case .int: return [try check(text, "strconv.ParseInt: parsing", Int64(text) != nil)]
    case .float: return [try check(text, "strconv.ParseFloat: parsing", Double(text) != nil)]
    case .postRenderer:
      guard text.isEmpty else { throw FlagError("plugin: {Name:\(text) Type:postrenderer/v1} not found") }
      return [text]
    case .waitStrategy:
      guard ["watcher", "hookOnly", "legacy", "true", "false"].contains(text) else {
        throw FlagError("invalid wait input \(quoted(text)). Valid inputs are watcher, hookOnly, and legacy")
      }
      return [text]
    case .limit(let kind):
      guard kind.number(text) != nil else { throw FlagError("expected \(kind.expectation)") }
      return [text]
    case .duration:
      guard isDuration(text) else { throw FlagError("time: invalid duration \(quoted(text))") }
      return [text]
    }
  }

  /// A text as Go's `%q` writes it, for the characters that occur in arguments.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  private static func readBool(_ text: String) throws(FlagError) -> String {
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": return "true"
    case "0", "f", "F", "false", "FALSE", "False": return "false"
    default: throw FlagError("strconv.ParseBool: parsing \(quoted(text)): invalid syntax")
    }
  }

  private static func check(_ text: String, _ what: String, _ isValid: Bool) throws(FlagError) -> String {
    guard isValid else { throw FlagError("\(what) \(quoted(text)): invalid syntax") }
    return text
  }

  private static func readPairs(_ text: String) throws(FlagError) -> [String] {
    let equals = text.utf8.count { $0 == UInt8(ascii: "=") }
    let pairs = equals <= 1 ? [text] : try fields(text)
    for pair in pairs where !pair.contains("=") { throw FlagError("\(pair) must be formatted as key=value") }
    return pairs
  }

  /// The fields of one line of comma-separated values, as Go's encoding/csv reads it.
  static func fields(_ text: String) throws(FlagError) -> [String] {
    guard !text.isEmpty else { return [] }
    var fields: [String] = []
    var rest = Array(text.unicodeScalars)[...]
    let total = rest.count
    while true {
      let field = rest.first == "\"" ? try quotedField(&rest, total) : try plainField(&rest, total)
      fields.append(field)
      guard rest.first == "," else { return fields }
      rest.removeFirst()
    }
  }

  private static func plainField(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ total: Int
  ) throws(FlagError) -> String {
    var field = String.UnicodeScalarView()
    while let scalar = rest.first, scalar != ",", scalar != "\n" {
      if scalar == "\"" {
        throw FlagError("parse error on line 1, column \(total - rest.count + 1): bare \" in non-quoted-field")
      }
      field.append(scalar)
      rest.removeFirst()
    }
    return String(field)
  }

  private static func quotedField(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ total: Int
  ) throws(FlagError) -> String {
    var field = String.UnicodeScalarView()
    rest.removeFirst()
    var column = total + 1
    while let scalar = rest.popFirst() {
      if scalar != "\"" {
        field.append(scalar)
      } else if rest.first == "\"" {
        field.append("\"")
        rest.removeFirst()
      } else if rest.isEmpty || rest.first == "," || rest.first == "\n" {
        return String(field)
      } else {
        column = total - rest.count
        break
      }
    }
    throw FlagError("parse error on line 1, column \(column): extraneous or missing \" in quoted-field")
  }

  /// True for what Go's `time.ParseDuration` accepts: `0`, or a sign and numbers with units.
  private static func isDuration(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if Array(rest) == [UInt8(ascii: "0")] { return true }
    guard !rest.isEmpty else { return false }
    let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"].map { Array($0.utf8) }
    while !rest.isEmpty {
      let number = rest.prefix { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".") }
      guard number.contains(where: { $0 != UInt8(ascii: ".") }), number.count(where: { $0 == 46 }) <= 1 else {
        return false
      }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !(($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".")) }
      guard units.contains(Array(unit)) else { return false }
      rest = rest.dropFirst(unit.count)
    }
    return true
  }
}

/// One line of comma-separated values, as Go's encoding/csv reads it: how Helm's flags take lists.
package enum CommaSeparatedValues {
  package static func fields(of text: String) throws(FlagError) -> [String] { try FlagText.fields(text) }
}
