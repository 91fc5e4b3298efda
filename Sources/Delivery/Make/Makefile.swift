import SourceText

/// A Makefile as far as its recipes and variables go.
struct Makefile: Sendable {
  struct Rule: Sendable {
    var prerequisites: [ByteString] = []
    /// The lines of the recipe as the shell gets them.
    var recipe: [Line] = []
  }

  struct Line: Sendable {
    var script: ScriptText
    /// Calls of make's functions stand in it as they are written, which the shell would read otherwise.
    var hasFunctions: Bool
    /// The `-` before the line, which lets it fail.
    var tolerance: SourceRange?
  }

  struct Variable: Sendable {
    var name: ByteString
    var value: ScriptText
    /// `?=`: what the caller sets counts.
    var isDefault: Bool
    var isAppending: Bool
  }

  private(set) var rules: [ByteString: Rule] = [:]
  /// In the order of the file.
  private(set) var targets: [ByteString] = []
  private(set) var variables: [Variable] = []
  private let file: SourceFile

  init(_ file: SourceFile) {
    self.file = file
    parse()
  }

  // MARK: Lines

  private mutating func parse() {
    var current: [ByteString] = []
    var isDefinition = false
    for line in logicalLines() {
      let bytes = file.text.bytes[line.start..<line.end]
      if bytes.first == Ascii.tab {
        if !current.isEmpty { addRecipe(line, to: current) }
        continue
      }
      let text = ByteString(bytes.prefix { $0 != Ascii.hash })
      let words = text.bytes.split { $0 == Ascii.space || $0 == Ascii.tab }.map { ByteString($0) }
      guard let first = words.first else { continue }
      if first == "define" { isDefinition = true }
      if first == "endef" { isDefinition = false }
      if isDefinition || Self.directives.contains(first.string) { continue }
      if let variable = variable(line) {
        variables.append(variable)
        continue
      }
      current = startRule(text)
    }
  }

  private static let directives: Set<String> = [
    "endef", "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "include", "-include", "sinclude", "vpath",
    "unexport",
  ]

  /// Ranges of lines, those that end in a backslash joined with the next.
  private func logicalLines() -> [ByteRange] {
    let bytes = file.text.bytes
    var result: [ByteRange] = []
    var start = 0
    var offset = 0
    while offset < bytes.count {
      let end = bytes[offset...].firstIndex(of: Ascii.newline) ?? bytes.count
      var last = end - 1
      if last >= offset, bytes[last] == Ascii.carriageReturn { last -= 1 }
      let continues = last >= offset && bytes[last] == Ascii.backslash
      offset = min(end + 1, bytes.count)
      if continues, offset < bytes.count { continue }
      result.append(ByteRange(start, end))
      start = offset
    }
    return result
  }

  private mutating func startRule(_ text: ByteString) -> [ByteString] {
    guard let colon = text.bytes.firstIndex(of: UInt8(ascii: ":")) else { return [] }
    let names = text.bytes[..<colon].split { $0 == Ascii.space || $0 == Ascii.tab }.map { ByteString($0) }
    let rest = text.bytes[(colon + 1)...].prefix { $0 != Ascii.semicolon }
    let needed = rest.split { $0 == Ascii.space || $0 == Ascii.tab || $0 == UInt8(ascii: ":") || $0 == Ascii.pipe }
      .map { ByteString($0) }
    let targets = names.filter { $0.bytes.first != UInt8(ascii: ".") }
    for target in targets {
      if rules[target] == nil { self.targets.append(target) }
      rules[target, default: Rule()].prerequisites += needed
    }
    return targets
  }

  // MARK: Variables

  /// `NAME = value`, `:=`, `::=`, `?=`, `+=`, `!=`, with `export` before it.
  private func variable(_ line: ByteRange) -> Variable? {
    let bytes = file.text.bytes
    var offset = line.start
    func skipBlanks() {
      while offset < line.end, bytes[offset] == Ascii.space || bytes[offset] == Ascii.tab { offset += 1 }
    }
    func name() -> ByteString {
      let start = offset
      while offset < line.end, Ascii.isName(bytes[offset]) || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
      return ByteString(bytes[start..<offset])
    }
    skipBlanks()
    var found = name()
    while found == "export" || found == "override" {
      skipBlanks()
      found = name()
    }
    guard !found.isEmpty else { return nil }
    skipBlanks()
    let sign = offset
    while offset < line.end, [UInt8]("?:+!".utf8).contains(bytes[offset]) { offset += 1 }
    guard offset < line.end, bytes[offset] == Ascii.equals else { return nil }
    let mark = sign < offset ? bytes[sign] : Ascii.equals
    offset += 1
    skipBlanks()
    var end = line.end
    if let hash = bytes[offset..<end].firstIndex(of: Ascii.hash) { end = hash }
    while end > offset, [Ascii.space, Ascii.tab, Ascii.carriageReturn].contains(bytes[end - 1]) { end -= 1 }
    return Variable(
      name: found, value: RecipeText(file, ByteRange(offset, end)).script, isDefault: mark == UInt8(ascii: "?"),
      isAppending: mark == UInt8(ascii: "+"))
  }

  // MARK: Recipes

  private mutating func addRecipe(_ line: ByteRange, to targets: [ByteString]) {
    let bytes = file.text.bytes
    var offset = line.start + 1
    var tolerance: SourceRange?
    while offset < line.end, [UInt8]("@-+ \t".utf8).contains(bytes[offset]) {
      if bytes[offset] == UInt8(ascii: "-") { tolerance = SourceRange(file, ByteRange(offset, offset + 1)) }
      offset += 1
    }
    guard offset < line.end, bytes[offset] != Ascii.hash else { return }
    let text = RecipeText(file, ByteRange(offset, line.end))
    let next = Line(script: text.script, hasFunctions: text.hasFunctions, tolerance: tolerance)
    for target in targets { rules[target, default: Rule()].recipe.append(next) }
  }

  // MARK: Order

  private static let deepest = 64

  /// The targets that make runs for one of them, prerequisites first, each once.
  func closure(of target: ByteString) -> [ByteString] {
    var result: [ByteString] = []
    var seen: Set<ByteString> = []
    func add(_ name: ByteString, _ depth: Int) {
      guard depth < Self.deepest, let rule = rules[name], seen.insert(name).inserted else { return }
      for prerequisite in rule.prerequisites { add(prerequisite, depth + 1) }
      result.append(name)
    }
    add(target, 0)
    return result
  }
}

/// Text of a Makefile as the shell gets it: `$$` is `$`, `$(NAME)` is a variable, `$(shell …)` a substitution.
struct RecipeText {
  let script: ScriptText
  private(set) var hasFunctions = false

  init(_ file: SourceFile, _ range: ByteRange) {
    var writer = PieceWriter(file)
    let bytes = file.text.bytes
    var offset = range.start
    while offset < range.end {
      guard bytes[offset] == Ascii.dollar, offset + 1 < range.end else {
        // The tab that begins a continued line belongs to make.
        writer.copy(offset)
        offset += 1
        if bytes[offset - 1] == Ascii.newline, offset < range.end, bytes[offset] == Ascii.tab { offset += 1 }
        continue
      }
      let next = bytes[offset + 1]
      switch next {
      case Ascii.dollar:
        writer.write("$", for: ByteRange(offset, offset + 2))
        offset += 2
      case Ascii.openParenthesis, Ascii.openBrace:
        let name = bytes[(offset + 2)..<range.end].prefix(while: Ascii.isName)
        let close = next == Ascii.openBrace ? Ascii.closeBrace : Ascii.closeParenthesis
        if name.endIndex < range.end, bytes[name.endIndex] == close, !name.isEmpty {
          writer.write("${" + ByteString(name) + "}", for: ByteRange(offset, name.endIndex + 1))
          offset = name.endIndex + 1
        } else if name.elementsEqual("shell".utf8), next == Ascii.openParenthesis {
          writer.write("$(", for: ByteRange(offset, name.endIndex))
          offset = name.endIndex
          while offset < range.end, bytes[offset] == Ascii.space { offset += 1 }
        } else {
          hasFunctions = true
          writer.copy(offset)
          offset += 1
        }
      case let byte where Ascii.isName(byte) || [UInt8]("@<^?*".utf8).contains(byte):
        let name: ByteString = Ascii.isName(byte) ? ByteString([byte]) : "MAKE_TARGET"
        writer.write("${" + name + "}", for: ByteRange(offset, offset + 2))
        offset += 2
      default:
        writer.copy(offset)
        offset += 1
      }
    }
    script = writer.script
  }
}

/// Builds a script out of stretches of a file.
struct PieceWriter {
  private let file: SourceFile
  private var bytes: [UInt8] = []
  private var pieces: [ScriptText.Piece] = []

  init(_ file: SourceFile) { self.file = file }

  /// One byte of the file as it stands there.
  mutating func copy(_ offset: Int) {
    bytes.append(file.text.bytes[offset])
    if let last = pieces.last, last.isVerbatim, last.source.end == offset {
      pieces[pieces.count - 1].end += 1
      pieces[pieces.count - 1].source.end += 1
    } else {
      pieces.append(ScriptText.Piece(end: bytes.count, source: ByteRange(offset, offset + 1), isVerbatim: true))
    }
  }

  /// Other bytes in place of a stretch of the file.
  mutating func write(_ text: ByteString, for range: ByteRange) {
    bytes += text.bytes
    pieces.append(ScriptText.Piece(end: bytes.count, source: range, isVerbatim: false))
  }

  var script: ScriptText { ScriptText(file, bytes: bytes, pieces: pieces) }
}
