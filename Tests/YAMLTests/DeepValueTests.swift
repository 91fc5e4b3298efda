import JSON
import SourceText
import Testing
import Values
import YAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Values as deep as the readers let in, on a stack no larger than that of a main thread.
@Suite struct DeepValueTests {
  private static let depth = JSONReader.maximumDepth

  private static let texts: [String] = [
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth),
    String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth),
  ]

  @Test(arguments: texts.indices)
  func deepValuesAreReadAndReleased(_ index: Int) throws {
    let text = Self.texts[index]
    #expect(
      onStack(ofMebibytes: 8) {
        (try? YAMLReader.value(of: Text(text), origin: .none, tracking: true)) != nil
      })
    #expect(
      onStack(ofMebibytes: 8) {
        (try? JSONReader.value(of: Text(text), origin: .none, tracking: true)) != nil
      })
    #expect(
      onStack(ofMebibytes: 8) {
        YAMLParser.parse(Text(text)).errors.isEmpty
      })
  }

  @Test func whatIsDeeperIsRefused() {
    let text = "[" + Self.texts[0] + "]"
    #expect(throws: YAMLError.self) { try YAMLReader.value(of: Text(text), origin: .none, tracking: true) }
    #expect(throws: JSONError.self) { try JSONReader.value(of: Text(text), origin: .none, tracking: true) }
  }
}

/// Runs `body` on a thread with a stack of the given size.
private func onStack(ofMebibytes size: Int, _ body: @escaping () -> Bool) -> Bool {
  final class Box {
    let body: () -> Bool
    var result = false
    init(_ body: @escaping () -> Bool) { self.body = body }
  }
  let box = Box(body)
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, size << 20)
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { argument in
      guard let argument else { return nil }
      let box = Unmanaged<Box>.fromOpaque(argument).takeUnretainedValue()
      box.result = box.body()
      return nil
    }, Unmanaged.passUnretained(box).toOpaque())
  guard code == 0 else { return false }
  pthread_join(thread, nil)
  return box.result
}
