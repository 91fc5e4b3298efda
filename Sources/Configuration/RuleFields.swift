import Diagnostics
import JSON
import Rules
import SourceText
import Values
import YAML

/// The mapping from rules to their settings.
enum RuleFields {
  static func read(_ node: YAMLNode, _ faults: inout ConfigurationFaults) -> [String: Settings.RuleSettings] {
    var result: [String: Settings.RuleSettings] = [:]
    faults.eachEntry(of: node) { name, entry, faults in
      do throws(RuleSelector.Unknown) {
        guard case .rule(let id) = try RuleSelector(name), let rule = Catalogue.rule(id) else {
          return faults.add("`\(name)` is a category; settings are given rule by rule", at: entry.key ?? entry)
        }
        result[id] = settings(entry, of: rule, &faults)
      } catch {
        faults.add(error.message, at: entry.key ?? entry)
      }
    }
    return result
  }

  private static func settings(
    _ node: YAMLNode, of rule: Rule, _ faults: inout ConfigurationFaults
  ) -> Settings.RuleSettings {
    var settings = Settings.RuleSettings()
    guard node.isMapping else {
      switch faults.text(node) {
      case "off", "false": settings.isEnabled = false
      case "on", "true": settings.isEnabled = true
      case nil: break
      case _:
        settings.level = faults.word(node, of: Level.self, besides: ["off", "on"])
        settings.isEnabled = true
      }
      return settings
    }
    faults.read(node, fields(of: rule), into: &settings)
    return settings
  }

  private static func fields(of rule: Rule) -> [ConfigurationField<Settings.RuleSettings>] {
    [
      ConfigurationField(
        "level", "The level of its findings, whatever the rule says", schema: { levels },
        read: { node, target, faults in
          if node.text == "off" {
            target.isEnabled = false
          } else {
            target.level = faults.word(node, of: Level.self, besides: ["off"])
            if target.level != nil { target.isEnabled = true }
          }
        }),
      ConfigurationField(
        "options", "The rule's options", schema: { options(of: rule) },
        read: { $1.options = self.options($0, of: rule, &$2) }),
    ]
  }

  private static func options(
    _ node: YAMLNode, of rule: Rule, _ faults: inout ConfigurationFaults
  ) -> [String: OptionValue] {
    var result: [String: OptionValue] = [:]
    faults.eachEntry(of: node) { name, entry, faults in
      guard let option = rule.options.first(where: { $0.name == name }) else {
        let names = rule.options.map(\.name)
        let hint = nearestName(to: name, among: names).map { "; did you mean `\($0)`" } ?? Self.list(names)
        return faults.add("rule `\(rule.id)` has no option `\(name)`" + hint, at: entry.key ?? entry)
      }
      let texts = self.texts(of: entry, &faults)
      do throws(OptionError) {
        result[name] = try option.type.read(texts)
      } catch {
        faults.add("option `\(name)`: \(error.message)", at: entry)
      }
    }
    return result
  }

  /// The scalars of an option's value; keys and values of a mapping by turns.
  private static func texts(of node: YAMLNode, _ faults: inout ConfigurationFaults) -> [String] {
    if node.isSequence { return faults.texts(node) }
    guard node.isMapping else { return faults.text(node).map { [$0] } ?? [] }
    var texts: [String] = []
    faults.eachEntry(of: node) { key, value, faults in
      if let text = faults.text(value) { texts += [key, text] }
    }
    return texts
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "; it has none" : "; it has " + names.map { "`\($0)`" }.joined(separator: ", ")
  }

  // MARK: Schema

  private static var levels: Value { Schema.words(Level.allCases.map(\.rawValue) + ["off"]) }

  static var schema: Value {
    var properties: [MapValue.Entry] = []
    for rule in Catalogue.rules {
      let mapping = Schema.object(fields(of: rule))
      let short = Schema.switchOrLevel
      let either = Schema.described(rule.summary, .map(MapValue(["anyOf": .list([short, mapping])])))
      properties.append(MapValue.Entry(key: ByteString(rule.id), value: either))
    }
    return Schema.closedObject(MapValue(unsorted: properties))
  }

  private static func options(of rule: Rule) -> Value {
    let properties = rule.options.map {
      MapValue.Entry(key: ByteString($0.name), value: Schema.described($0.documentation, Schema.option($0.type)))
    }
    return Schema.closedObject(MapValue(unsorted: properties))
  }
}
