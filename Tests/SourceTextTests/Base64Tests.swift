import SourceText
import Testing

@Suite struct Base64Tests {
  @Test(arguments: [[], [0x66], [0x66, 0x6f], [0x66, 0x6f, 0x6f], [0, 255, 254, 1]] as [[UInt8]])
  func goesBothWays(_ bytes: [UInt8]) throws {
    #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
  }

  @Test(arguments: [("a", 0), ("a=b=", 1), ("====", 0), ("ab=c", 2), ("aGk=aGk=", 4), ("YWJj!", 4)])
  func badTextIsRefusedAtGosByte(_ text: String, _ offset: Int) {
    #expect(throws: Base64.CorruptInput(offset: offset)) { try Base64.decode(Array(text.utf8)) }
  }

  @Test(arguments: [
    ("", ""), ("YQ==", "a"), ("YWI=", "ab"), ("YWJj", "abc"), ("YW\nJj\n", "abc"), ("YWJjZA==", "abcd"),
  ])
  func decodes(_ text: String, _ decoded: String) throws {
    #expect(try Base64.decode(Array(text.utf8)) == Array(decoded.utf8))
  }

  @Test(arguments: ["a", "YQ", "YQ=", "Y===", "====", "YW Jj", "YWJj!", "é===", "YQ==YQ=="])
  func refusesTheRest(_ text: String) {
    #expect(throws: Base64.CorruptInput.self) { try Base64.decode(Array(text.utf8)) }
  }
}
