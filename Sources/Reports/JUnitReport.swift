import Diagnostics
import SourceText

/// Test results in the XML that Jenkins, GitLab and others read: a suite for each file, a failed test for each finding,
/// a skipped one for each that was suppressed or is in the baseline. Notes are tests that passed and say something.
package enum JUnitReport {
  package static func text(of content: ReportContent) -> String {
    var positions = Positions()
    var suites: [(name: String, cases: [Case])] = []
    for diagnostic in content.diagnostics {
      let name = diagnostic.primary.map { positions.name(of: $0.place.file) } ?? "slipway"
      let test = Case(diagnostic, content, &positions)
      if let last = suites.indices.last, suites[last].name == name {
        suites[last].cases.append(test)
      } else {
        suites.append((name, [test]))
      }
    }
    if suites.isEmpty { suites.append(("slipway", [Case(name: "no finding in \(content.summary.checked) objects")])) }
    let all = suites.flatMap(\.cases)
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"slipway lint\" \(counts(of: all))>\n"
    return head + suites.map(suite).joined() + "</testsuites>\n"
  }

  private static func suite(_ name: String, _ cases: [Case]) -> String {
    "  <testsuite name=\"\(markup(name))\" \(counts(of: cases))>\n" + cases.map(\.text).joined() + "  </testsuite>\n"
  }

  private static func counts(of cases: [Case]) -> String {
    let failures = cases.filter { $0.outcome == .failure }.count
    let skipped = cases.filter { $0.outcome == .skipped }.count
    return "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" time=\"0\""
  }

  private enum Outcome {
    case passed, failure, skipped
  }

  private struct Case {
    var name: String
    var className = "slipway"
    var outcome = Outcome.passed
    var level = ""
    var message = ""
    var details = ""

    init(name: String) { self.name = name }

    init(_ diagnostic: Diagnostic, _ content: ReportContent, _ positions: inout Positions) {
      let place = diagnostic.primary.map { positions.name(of: $0.place) }
      name = [diagnostic.id.name, place].compactMap { $0 }.joined(separator: " ")
      className = diagnostic.rendered?.object ?? "slipway"
      level = diagnostic.level.rawValue
      message = diagnostic.message
      switch diagnostic.standing {
      case .reported: outcome = diagnostic.level == .note ? .passed : .failure
      case .suppressed(let record):
        outcome = .skipped
        message = "suppressed: \(record.reason)"
      case .baselined:
        outcome = .skipped
        message = "in the baseline"
      }
      details = TextReport(style: .plain()).text(of: diagnostic, in: content)
    }

    var text: String {
      let head = "    <testcase name=\"\(markup(name))\" classname=\"\(markup(className))\" time=\"0\""
      switch outcome {
      case .passed where details.isEmpty: return head + "/>\n"
      case .passed: return head + ">\n      <system-out>\(markup(details))</system-out>\n    </testcase>\n"
      case .skipped: return head + ">\n      <skipped message=\"\(markup(message))\"/>\n    </testcase>\n"
      case .failure:
        let failure = "<failure type=\"\(markup(level))\" message=\"\(markup(message))\">\(markup(details))</failure>"
        return head + ">\n      \(failure)\n    </testcase>\n"
      }
    }
  }
}
