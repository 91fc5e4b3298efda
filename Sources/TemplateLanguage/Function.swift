import SourceText
import Values

/// How the origins of a function's arguments pass to its result.
package enum OriginRule: Hashable, Sendable {
  /// The result is one of the arguments or a part of it: `default`, `index`, `first`. The body keeps the origin.
  case copy
  /// The result's text follows one argument's text run by run: `upper`, `indent`, `trim`. The body writes the runs.
  case map
  /// Each piece of the result keeps its own origin: `printf`, `cat`, `join`. The body writes the runs.
  case join
  /// The result depends on all arguments as a whole: `sha256sum`, `len`. The evaluator derives the origin.
  case summary
  /// The result does not depend on where the arguments came from: `list`, `until`.
  case none
}

/// One function of the template language: a row of a table, never registered at run time.
package struct Function: Sendable {
  package typealias Body = @Sendable (Evaluator, [Value]) throws(FunctionError) -> Value

  package let name: String
  /// The Go types of the fixed parameters. The evaluator has checked and converted the arguments when the body runs.
  package let parameters: [ParameterType]
  /// The Go type of the further parameters of a variadic function; nil when it is not variadic.
  package let variadic: ParameterType?
  package let origins: OriginRule
  package let cost: Cost
  package let body: Body

  package init(
    _ name: String, _ parameters: [ParameterType] = [], variadic: ParameterType? = nil, origins: OriginRule,
    cost: Cost = .linear, body: @escaping Body
  ) {
    self.name = name
    self.parameters = parameters
    self.variadic = variadic
    self.origins = origins
    self.cost = cost
    self.body = body
  }
}

/// All functions that a template may call, by name.
package struct FunctionTable: Sendable {
  package let functions: [Function]
  /// The functions' names as templates spell them.
  let spellings: [ByteString]
  /// Indices of functions by the hash of their name, -1 where there is none; a taken place sends on to the next.
  private let places: [Int32]

  /// Of two functions with one name the later wins.
  package init(_ families: [[Function]]) {
    functions = families.flatMap { $0 }
    spellings = functions.map { ByteString($0.name) }
    var count = 64
    while count < spellings.count * 4 { count *= 2 }
    var places = [Int32](repeating: -1, count: count)
    for (index, name) in spellings.enumerated().reversed() {
      var place = FunctionTable.place(of: name.bytes.withUnsafeBytes(NameHash.of), in: count)
      while places[place] >= 0, spellings[Int(places[place])] != name { place = (place + 1) & (count - 1) }
      if places[place] < 0 { places[place] = Int32(index) }
    }
    self.places = places
  }

  /// The index of a function, which parsed templates keep in place of its name.
  package func index(of name: String) -> Int? {
    ByteString(name).bytes.withUnsafeBufferPointer { index(of: $0) }
  }

  func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    let name = UnsafeRawBufferPointer(name)
    var place = FunctionTable.place(of: NameHash.of(name), in: places.count)
    while places[place] >= 0 {
      let index = Int(places[place])
      let spelling = spellings[index].bytes
      if spelling.count == name.count, spelling.withUnsafeBytes({ equalBytes($0, name) }) { return index }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private static func place(of hash: UInt32, in count: Int) -> Int { Int(hash) & (count - 1) }

  /// Every name, sorted, for "did you mean".
  package var names: [String] { Set(functions.map(\.name)).sorted() }
}
