import SourceText
import Values

/// Errors that are not of syntax, of which the first of the earliest step is reported.
struct DeferredErrors {
  private var decode: YAMLError?
  private var convert: YAMLError?
  private var unmarshal: YAMLError?

  var first: YAMLError? { decode ?? convert ?? unmarshal }

  /// go-yaml's decoding of the parsed document.
  mutating func yaml(_ message: String, _ offset: Int) {
    if decode == nil { decode = YAMLError(message: "yaml: " + message, offset: offset) }
  }

  /// The conversion of what go-yaml decoded to what JSON can hold.
  mutating func conversion(_ message: String, _ offset: Int) {
    if convert == nil { convert = YAMLError(message: message, offset: offset) }
  }

  /// encoding/json's decoding.
  mutating func decoding(_ error: YAMLError) {
    if unmarshal == nil { unmarshal = error }
  }
}

/// go-yaml's guard against documents that grow beyond reason through aliases.
struct AliasCount {
  /// Nodes decoded, those behind aliases counted at each use.
  var decoded = 0
  /// Those of them that stand behind an alias.
  private var aliased = 0

  private static let most = Int.max / 4
  private static let low = 400_000.0
  private static let high = 4_000_000.0

  /// Counts the use of an anchored node that holds `nodes` nodes; true when that is too much.
  mutating func isExcessive(adding nodes: Int) -> Bool {
    // The counts stay where they are once they cannot grow: only their ratio matters.
    let nodes = min(max(nodes, 0), AliasCount.most - max(decoded, aliased))
    decoded += nodes
    aliased += nodes
    let share = Double(aliased) / Double(decoded)
    let progress = (Double(decoded) - AliasCount.low) / (AliasCount.high - AliasCount.low)
    let allowed = 0.99 - 0.89 * min(max(progress, 0), 1)
    return aliased > 100 && decoded > 1000 && share > allowed
  }
}

/// Copies of what stands behind an anchor: each alias is a value of its own.
enum ValueCopy {
  /// Deeper than this the copy shares its maps with the original; only a template that changes a map so deep
  /// inside could tell.
  private static let maximumDepth = 256

  static func copy(_ value: Value, depth: Int = 0) -> Value {
    guard depth < maximumDepth else { return value }
    switch value.datum {
    case .list(var list):
      for index in list.elements.indices { list.elements[index] = copy(list.elements[index], depth: depth + 1) }
      return Value(.list(list), origin: value.origin)
    case .map(let map):
      var entries = map.entries
      for index in entries.indices { entries[index].value = copy(entries[index].value, depth: depth + 1) }
      return Value(.map(MapValue(unsorted: entries, type: map.type)), origin: value.origin)
    default: return value
    }
  }
}

/// Finds the numbers that JSON cannot hold.
enum UnsupportedNumbers {
  /// Fails as json.Marshal does at the first NaN or infinity, in the order of sorted keys.
  static func check(_ value: Value) throws(YAMLError) {
    var waiting = [value]
    while let next = waiting.popLast() {
      switch next.datum {
      case .float(let number):
        guard let special = GoFloat.special(number) else { continue }
        throw YAMLError(message: "json: unsupported value: \(special.string)", offset: 0)
      case .list(let list): waiting.append(contentsOf: list.elements.reversed())
      case .map(let map): waiting.append(contentsOf: map.entries.reversed().map(\.value))
      default: break
      }
    }
  }
}

/// The texts of keys that are numbers.
enum KeyText {
  /// sigs.k8s.io/yaml writes a float key with the precision of a float32.
  static func text(of number: Double) -> ByteString {
    if number.isNaN { return ".nan" }
    let single = Float(number)
    if single.isInfinite { return single < 0 ? "-.inf" : ".inf" }
    return GoFloat.general(Double(single.description) ?? number)
  }
}
