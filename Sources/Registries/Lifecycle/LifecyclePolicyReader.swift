import JSON
import SourceText
import YAML

/// Reads the JSON text of a lifecycle policy, and says at its place what ECR will refuse.
package enum LifecyclePolicyReader {
  /// What could be read. Rules that are not whole are left out; no text at all is too wrong.
  package struct Reading: Sendable {
    package var policy: LifecyclePolicy
    /// In the order of the text.
    package var faults: [LifecycleFault]
  }

  /// How many characters ECR takes.
  package static let lengths = 100...30_720
  package static let maximumRuleCount = 50

  package static func read(_ text: ByteString) -> Reading {
    do throws(JSONError) {
      _ = try JSONReader.lenientValue(of: Text(text), origin: .none, tracking: false)
    } catch {
      return failure("the text is not JSON: \(error.message)", .offset(error.offset))
    }
    // JSON is YAML, and the nodes of YAML know where they stand.
    let parsed = YAMLParser.parse(Text(text))
    guard let root = parsed.documents.first?.root, parsed.errors.isEmpty else {
      return failure("the text cannot be read", .offset(parsed.errors.first?.offset ?? 0))
    }
    guard root.isMapping else { return failure("the text must be an object with \"rules\"", .node(root)) }
    var reader = LifecycleObjectReader(node: root)
    reader.checkKeys(["rules"])
    let rules = reader.rules(in: root)
    reader.faults += LifecyclePolicyChecks.faults(of: rules)
    checkSize(text, root, &reader)
    let faults = reader.faults.map { (start: $0.range(textLength: text.count).start, fault: $0) }
      .sorted { ($0.start, $0.fault.reason) < ($1.start, $1.fault.reason) }
    return Reading(policy: LifecyclePolicy(rules: rules), faults: faults.map(\.fault))
  }

  private static func failure(_ reason: String, _ place: LifecycleFault.Place) -> Reading {
    let fault = LifecycleFault(level: .error, reason: reason, place: place)
    return Reading(policy: LifecyclePolicy(rules: []), faults: [fault])
  }

  private static func checkSize(_ text: ByteString, _ root: YAMLNode, _ reader: inout LifecycleObjectReader) {
    let length = text.string.unicodeScalars.count
    if !lengths.contains(length) {
      reader.report(
        "the text has \(length) characters; ECR takes \(lengths.lowerBound) to \(lengths.upperBound)", at: root)
    }
    let rules = root["rules"]?.items ?? []
    if rules.count > maximumRuleCount {
      reader.report("there are \(rules.count) rules; ECR takes \(maximumRuleCount)", at: rules[maximumRuleCount])
    }
  }
}

extension LifecycleObjectReader {
  fileprivate mutating func rules(in root: YAMLNode) -> [LifecycleRule] {
    guard let list = root["rules"] else {
      report("\"rules\" is missing", at: root)
      return []
    }
    guard list.isSequence else {
      report("\"rules\" must be a list", at: list)
      return []
    }
    if list.childCount == 0 { report("\"rules\" is empty", at: list) }
    return list.items.compactMap { node in
      var reader = LifecycleObjectReader(node: node)
      let rule = reader.rule()
      faults += reader.faults
      return rule
    }
  }
}
