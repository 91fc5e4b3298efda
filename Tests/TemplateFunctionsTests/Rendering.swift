import SourceText
import TemplateFunctions
import TemplateLanguage
import Values
import YAML

/// Renders one template with the functions under test.
struct Rendering {
  static let functions = FunctionTable([
    GoFunctions.table, CallFunctions.table, SprigFunctions.table, HelmFunctions.table,
  ])
  /// 2024-03-01 12:00:00 UTC.
  static let noon: Int64 = 1_709_294_400

  let origins: OriginTable
  let file: SourceFile
  private let values: Value
  private let limits: Limits

  init(values: String = "", tracking: Bool = false, limits: Limits = Limits()) throws {
    self.limits = limits
    origins = OriginTable(isTracking: tracking)
    file = SourceFile(path: "values.yaml", text: ByteString(values))
    self.values = try YAMLReader.map(of: file, origins: origins)
  }

  /// The text of a template, or the last part of the error's message behind `!`.
  func text(_ template: String) throws -> Text {
    let source = SourceFile(path: "t.yaml", text: ByteString(template))
    let parsed = TemplateParser.parse(file: source, name: "t.yaml", functions: Self.functions)
    var set = TemplateSet()
    set.add(parsed)
    let evaluator = Evaluator(
      set: set, functions: Self.functions, origins: origins, environment: Self.environment(),
      limits: limits)
    do {
      return try evaluator.execute("t.yaml", data: .map(MapValue(["Values": values])))
    } catch {
      guard case .call(_, let failure) = error.chain[error.chain.count - 1].reason else {
        return Text("!" + error.goText.string)
      }
      return Text("!" + failure.message.string)
    }
  }

  /// The text of an expression, without origins.
  static func of(_ expression: String, values: String = "") throws -> String {
    try Rendering(values: values).text("{{ \(expression) }}").string
  }

  private static func environment() -> Environment {
    Environment(
      now: { (noon, 0) },
      random: { count in
        var generator = Dice(seed: 7)
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      },
      timeZone: { _ in nil })
  }
}

/// The same numbers in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  /// Bytes of which many are letters, line ends and pieces of UTF-8.
  mutating func text(upTo count: Int) -> [UInt8] {
    let alphabet: [UInt8] = Array("abcXYZ 012\n\t-_.,/\"'\\é日🙂".utf8) + [0x00, 0x7F, 0xC3, 0xFF]
    return (0..<Int.random(in: 0...count, using: &self)).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] }
  }
}
