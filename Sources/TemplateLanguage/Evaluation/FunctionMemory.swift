import SourceText

/// What a family of functions keeps between its calls within one render: compiled patterns, for example.
package protocol FunctionMemory: AnyObject {
  init()
}

extension Evaluator {
  /// The memory of that type, made at its first use. It ends with the render.
  package func memory<Memory: FunctionMemory>(_ type: Memory.Type) -> Memory {
    let key = ObjectIdentifier(type)
    if let known = memories[key], let memory = known as? Memory { return memory }
    let memory = Memory()
    memories[key] = memory
    return memory
  }
}

/// Results by the text they were made from. Holds a bounded number; when it is full it begins anew.
package struct TextCache<Result> {
  private var results: [ByteString: Result] = [:]
  private let limit: Int

  package init(limit: Int = 256) { self.limit = limit }

  /// The result for `text`, made by `make` when it is not known. Failures are not kept.
  package mutating func result<Failure: Error>(
    of text: ByteString, or make: (ByteString) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if let known = results[text] { return known }
    let result = try make(text)
    if results.count >= limit { results.removeAll(keepingCapacity: true) }
    results[text] = result
    return result
  }
}
