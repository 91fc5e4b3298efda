import SourceText
import TemplateLanguage
import Testing
import Values

@testable import Cryptography

/// Calls the functions of the table as a template would, in a world with a fixed clock and counted random bytes.
struct FunctionRunner {
  static let world = Environment(
    now: { (1_700_000_000, 999_999_999) }, random: { (0..<$0).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 3) } },
    timeZone: { _ in nil })

  private let evaluator: Evaluator

  init(seed: UInt64? = nil) {
    var environment = Self.world
    environment.seed = seed
    evaluator = Evaluator(
      set: TemplateSet(), functions: FunctionTable([CryptographyFunctions.table]),
      origins: OriginTable(isTracking: false), environment: environment.ofOneRender)
  }

  func value(_ name: String, _ arguments: Value...) throws -> Value {
    let function = try #require(CryptographyFunctions.table.first { $0.name == name })
    return try function.body(evaluator, arguments)
  }

  func text(_ name: String, _ arguments: Value...) throws -> String {
    let function = try #require(CryptographyFunctions.table.first { $0.name == name })
    return try function.body(evaluator, arguments).text?.string ?? ""
  }

  /// The message of the failure that the call must end with.
  func failure(_ name: String, _ arguments: Value...) throws -> String {
    let function = try #require(CryptographyFunctions.table.first { $0.name == name })
    do throws(FunctionError) {
      _ = try function.body(evaluator, arguments)
      return "no failure"
    } catch {
      return error.message.string
    }
  }
}
