import SourceText
import Testing

@testable import Kubernetes

@Suite struct ImageReferenceTests {
  private static let hex = String(repeating: "0123456789abcdef", count: 4)

  @Test(arguments: [
    ("web", nil, "web", nil, nil),
    ("web:1.4.2", nil, "web", "1.4.2", nil),
    ("reg:5000/web", "reg:5000", "reg:5000/web", nil, nil),
    ("reg:5000/shop/web:1", "reg:5000", "reg:5000/shop/web", "1", nil),
    ("localhost/web:1", "localhost", "localhost/web", "1", nil),
    ("Reg.Example.com/web", "Reg.Example.com", "Reg.Example.com/web", nil, nil),
    ("shop/web_a.b--c__d:A_.-", nil, "shop/web_a.b--c__d", "A_.-", nil),
    ("web@sha256:\(hex)", nil, "web", nil, "sha256:\(hex)"),
    ("web:1@sha256:\(hex)", nil, "web", "1", "sha256:\(hex)"),
    ("web@sha512:\(hex)\(hex)", nil, "web", nil, "sha512:\(hex)\(hex)"),
    ("web@multihash+base58:QmRZ", nil, "web", nil, "multihash+base58:QmRZ"),
    ("[::1]:5000/web:1", "[::1]:5000", "[::1]:5000/web", "1", nil),
  ])
  func parts(_ text: String, _ host: String?, _ name: String, _ tag: String?, _ digest: String?) throws {
    let image = try ImageReference(ByteString(text))
    #expect(image.host.map { image.text[$0].string } == host)
    #expect(image.nameText == name)
    #expect(image.tagText == tag)
    #expect(image.digest.map { image.text[$0].string } == digest)
  }

  /// The reference, the part to blame and the bytes that may not stand there.
  @Test(arguments: [
    ("", "", ""), ("web:", "", ""), (":1", "", ""), ("/web", "", ""), ("shop//web", "", ""), ("web/", "", ""),
    ("Web:1", "Web", "W"), ("shop/WEb", "WEb", "WE"), ("web:feature/x", "feature/x", "/"),
    ("reg:5000/web:a/b", "a/b", "/"), ("web:1.0+abc", "1.0+abc", "+"), ("web:-1", "-1", "-"),
    ("web:été", "été", "é"), ("web 1", " ", " "), ("web:1\n", "\n", "\n"),
    ("https://reg/web:1", "https://", "https://"),
    ("web:<no value>", "<no value>", "<no value>"), ("web@sha256:12", "sha256:12", "sha256:12"),
    ("web@sha256", "sha256", "sha256"), ("web@", "", ""), ("web:1.0:2.0", ":2.0", ":2.0"), ("-web", "-web", "-"),
    ("we...b", "we...b", "..."), ("we___b", "we___b", "___"), ("$REG/web", "$REG", "$"),
    ("a..b/web", "a..b", "a..b"),
  ])
  func faults(_ text: String, _ part: String, _ offender: String) {
    do {
      _ = try ImageReference(ByteString(text))
      Issue.record("\(text) was taken")
    } catch {
      #expect(ByteString(text)[error.range].string == part, "\(text): \(error.reason)")
      #expect(ByteString(text)[error.offender].string == offender, "\(text): \(error.reason)")
    }
  }

  @Test(arguments: [("web:", 128), ("", 255)]) func longest(_ prefix: String, _ length: Int) {
    #expect((try? ImageReference(ByteString(prefix + String(repeating: "a", count: length)))) != nil)
    #expect((try? ImageReference(ByteString(prefix + String(repeating: "a", count: length + 1)))) == nil)
  }

  /// Whatever the bytes: an answer whose ranges lie within them.
  @Test func anyBytes() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("aZ0:/@.-_ +<>é".utf8)
    for _ in 0..<5000 {
      let length = Int.random(in: 0...24, using: &generator)
      let text = ByteString((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
      do {
        let image = try ImageReference(text)
        #expect(image.name.upperBound <= text.count)
      } catch {
        #expect(error.range.upperBound <= text.count)
        #expect(error.range.lowerBound <= error.offender.lowerBound && error.offender.upperBound <= text.count)
      }
    }
  }
}
