import ArgumentParser
import Compiler

/// `slipway rules`: the catalogue, one line a rule.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rules", abstract: "List the rules.")

  func run() { Output.print(RulePage.list) }
}

/// `slipway explain RULE`: what a rule finds, why it matters, what to do.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule finds, why it hurts and what to do.")

  @Argument(
    help: "The rule's id, as it stands in brackets in a report.", completion: .list(RulePage.identifiers))
  var rule: String

  func run() throws {
    guard let page = RulePage.text(of: rule) else {
      let hint = RulePage.suggestion(for: rule).map { "; did you mean \($0)?" } ?? ""
      CommandFailure("there is no rule \"\(rule)\"\(hint)\n`slipway rules` lists them all").tell()
      throw ExitCode(ExitStatus.failure)
    }
    Output.print(page)
  }
}
