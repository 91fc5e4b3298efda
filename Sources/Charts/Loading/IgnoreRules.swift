import SourceText

/// The rules of `.helmignore`. They look like gitignore's and are not: see `ignores`.
struct IgnoreRules: Sendable {
  private struct Rule: Sendable {
    enum Target: Sendable {
      /// The whole path, anchored at the root by a leading slash.
      case rootedPath
      /// The whole path, because the pattern has a slash inside.
      case path
      /// The last element, at every depth.
      case name
    }
    var pattern: PathPattern
    var target: Target
    var isNegated = false
    var isForDirectories = false
  }

  private var rules: [Rule] = []

  /// Rules of a file; the built-in one that hides dot files in `templates/` comes last.
  init(_ file: SourceFile?) throws(ChartError) {
    if let file { try read(file) }
    rules.append(Rule(pattern: PathPattern("templates/.?*"), target: .path))
  }

  /// Whether a file or directory is left out, its contents included.
  ///
  /// A negated rule hides everything that it does *not* match, and hands the rest to the next rule.
  func ignores(_ path: ByteString, isDirectory: Bool) -> Bool {
    if path.isEmpty || "." ~= path || "./" ~= path { return false }
    let name = GoPath.base(path)
    for rule in rules {
      if rule.isNegated {
        if rule.isForDirectories && !isDirectory { return true }
        if !matches(rule, path, name) { return true }
        continue
      }
      if rule.isForDirectories && !isDirectory { continue }
      if matches(rule, path, name) { return true }
    }
    return false
  }

  private func matches(_ rule: Rule, _ path: ByteString, _ name: ByteString) -> Bool {
    (try? rule.pattern.matches(rule.target == .name ? name : path)) ?? false
  }

  private mutating func read(_ file: SourceFile) throws(ChartError) {
    let bytes = file.text.bytes
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      try add(ByteString(bytes[start..<end]), at: SourceRange(file, ByteRange(start, end)))
      start = end + 1
    }
  }

  private mutating func add(_ line: ByteString, at place: SourceRange) throws(ChartError) {
    var text = line.withoutSpaceAround
    if text.isEmpty || text.starts(with: "#") { return }
    if text.hasDoubleStar { throw ChartError("double-star (**) syntax is not supported", at: place) }
    do {
      _ = try PathPattern(text).matches("abc")
    } catch {
      throw ChartError(error.message, at: place)
    }
    let isNegated = text.starts(with: "!")
    if isNegated { text = text[1..<text.count] }
    let isForDirectories = text.ends(with: "/")
    if isForDirectories { text = text[0..<(text.count - 1)] }
    var target = Rule.Target.name
    if text.starts(with: "/") {
      target = .rootedPath
      text = text[1..<text.count]
    } else if text.bytes.contains(UInt8(ascii: "/")) {
      target = .path
    }
    rules.append(
      Rule(pattern: PathPattern(text), target: target, isNegated: isNegated, isForDirectories: isForDirectories))
  }
}

extension ByteString {
  fileprivate var hasDoubleStar: Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "*") && $1 == UInt8(ascii: "*") }
  }
}
