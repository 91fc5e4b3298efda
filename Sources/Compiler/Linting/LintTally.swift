import Diagnostics
import Kubernetes
import Rules

/// What a lint looked at. Environments of one chart are the same objects seen again; charts are others.
package struct LintTally: Sendable {
  private struct Count {
    var objects = 0
    var checked = 0
  }

  /// By what tells an object from others; several may have all of it in common.
  private var objects: [ObjectIdentity: Count] = [:]
  /// Objects of inputs that were added up.
  private var other = Count()
  private var unreadable = 0
  /// What is missing for a decision, with the number of checks that miss it; in the order of first need.
  package private(set) var undecided: [(reason: String, count: Int)] = []

  /// How the rules ended, by their ids.
  package private(set) var outcomes: [String: OutcomeCounts] = [:]

  package init() {}

  init(of inspection: Inspection) {
    for look in inspection.looks {
      objects[look.object, default: Count()].objects += 1
      if look.isChecked { objects[look.object, default: Count()].checked += 1 }
    }
    unreadable = inspection.unreadableDocuments
    outcomes = inspection.outcomes
    undecided = inspection.undecided.map { ($0.0.reason, $0.count) }
  }

  /// Adds what was seen under further values: the same object counts once, as checked only if it always was.
  mutating func unite(_ environment: LintTally) {
    for (identity, count) in environment.objects {
      guard let known = objects[identity] else {
        objects[identity] = count
        continue
      }
      objects[identity] = Count(
        objects: max(known.objects, count.objects), checked: min(known.checked, count.checked))
    }
    unreadable = max(unreadable, environment.unreadable)
    add(environment.outcomes)
    add(environment.undecided, max)
  }

  /// Adds another input.
  mutating func add(_ input: LintTally) {
    for count in input.objects.values + [input.other] {
      other.objects += count.objects
      other.checked += count.checked
    }
    unreadable += input.unreadable
    add(input.outcomes)
    add(input.undecided, +)
  }

  private mutating func add(_ more: [String: OutcomeCounts]) {
    for (rule, counts) in more { outcomes[rule, default: OutcomeCounts()].add(counts) }
  }

  private mutating func add(_ more: [(reason: String, count: Int)], _ join: (Int, Int) -> Int) {
    for (reason, count) in more {
      if let index = undecided.firstIndex(where: { $0.reason == reason }) {
        undecided[index].count = join(undecided[index].count, count)
      } else {
        undecided.append((reason, count))
      }
    }
  }

  package var summary: Summary {
    let counts = objects.values + [other]
    let known = counts.reduce(0) { $0 + $1.objects }
    let checked = counts.reduce(0) { $0 + $1.checked }
    return Summary(
      checked: checked, objects: known + unreadable, skipped: known - checked + unreadable,
      undecided: undecided.reduce(0) { $0 + $1.count })
  }
}
