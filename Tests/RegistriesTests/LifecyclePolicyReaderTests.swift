import SourceText
import Testing

@testable import Registries

/// What the reader says of faulty policies, and where.
@Suite struct LifecyclePolicyReaderTests {
  /// A fault in one line: its level, its message, and the text that it points at.
  private static func faults(_ text: String) -> [String] {
    let text = ByteString(text)
    return LifecyclePolicyReader.read(text).faults.map { fault in
      let range = fault.range(textLength: text.count)
      return "\(fault.level): \(fault.message) @ \(text[range.start..<range.end])"
    }
  }

  private static func rule(
    _ priority: String = "1", selection: String = #""tagStatus": "any""#,
    count: String = #""countType": "imageCountMoreThan", "countNumber": 3"#, action: String = #""type": "expire""#
  ) -> String {
    #"{"rulePriority": \#(priority), "selection": {\#(selection), \#(count)}, "action": {\#(action)}}"#
  }

  private static func policy(_ rules: String...) -> String {
    #"{"rules": [\#(rules.joined(separator: ", "))]}"#
  }

  struct Case: Sendable, CustomStringConvertible {
    let policy: String
    let fault: String
    var description: String { fault }

    init(_ policy: String, _ fault: String) {
      self.policy = policy
      self.fault = fault
    }
  }

  private static let days = #""countUnit": "days", "countNumber": 120"#
  private static let pushed = #""countType": "sinceImagePushed", \#(days)"#
  private static let toArchive = #""type": "transition", "targetStorageClass": "archive""#

  static let shapes = [
    Case(
      #""rules": []"#, "error: lifecycle policy: the text is not JSON: invalid character ':' after top-level value @ :"),
    Case("", "error: lifecycle policy: the text is not JSON: unexpected end of JSON input @ "),
    Case("[]", #"error: lifecycle policy: the text must be an object with "rules" @ []"#),
    Case(
      policy(rule(#""1""#)), #"error: lifecycle rule 1: "rulePriority" must be a whole number, not the text "1" @ "1""#),
    Case(policy(rule("1.5")), #"error: lifecycle rule 1.5: "rulePriority" must be a whole number, not 1.5 @ 1.5"#),
    Case(policy(rule("0")), #"error: lifecycle rule 0: "rulePriority" must be at least 1, not 0 @ 0"#),
    Case(
      policy(rule(count: #""countType": "imageCountMoreThan", "countNumber": [3]"#)),
      #"error: lifecycle rule 1: "countNumber" must be a whole number @ [3]"#),
    Case(
      policy(rule(count: #""countType": "imageCountMoreThan", "countNumbr": 3, "countNumber": 3"#)),
      #"error: lifecycle rule 1: unknown key "countNumbr"; did you mean "countNumber"? @ "countNumbr""#),
    Case(
      policy(rule(selection: #""tagStatus": "any", "tagStatus": "any""#)),
      #"warning: lifecycle rule 1: "tagStatus" is given twice; the last counts @ "tagStatus""#),
    Case(
      policy(rule(selection: #""tagStatus": "Untagged""#)),
      #"error: lifecycle rule 1: "tagStatus" cannot be "Untagged"; did you mean "untagged"? @ "Untagged""#),
    Case(
      policy(rule(selection: #""tagStatus": "signed-by-nobody""#)),
      #"warning: lifecycle rule 1: unknown "tagStatus" "signed-by-nobody"; known are "tagged", "untagged", "any""#
        + #" @ "signed-by-nobody""#),
    Case(policy(rule(action: #""type": 7"#)), #"error: lifecycle rule 1: "type" must be text @ 7"#),
    Case(
      policy(
        rule(
          action: #""type": "expire"}, "description": {"seven": 7"#)),
      #"error: lifecycle rule 1: "description" must be text @ {"seven": 7}"#),
    Case(
      #"{"rules": [{"rulePriority": 1, "action": {"type": "expire"}, "selection": "everything, whatever it may be"}]}"#,
      #"error: lifecycle rule 1: "selection" must be an object @ "everything, whatever it may be""#),
  ]

  static let fields = [
    Case(
      policy(rule(selection: #""tagStatus": "tagged""#, count: pushed)),
      #"error: lifecycle rule 1: tagStatus "tagged" needs "tagPrefixList" or "tagPatternList" @ {"tagStatus": "tagged", \#(pushed)}"#
    ),
    Case(
      policy(rule(selection: #""tagStatus": "tagged", "tagPrefixList": ["a"], "tagPatternList": ["a*"]"#)),
      #"error: lifecycle rule 1: "tagPrefixList" and "tagPatternList" cannot both be in one rule @ "tagPatternList""#),
    Case(
      policy(rule(selection: #""tagStatus": "untagged", "tagPrefixList": ["a"]"#)),
      #"error: lifecycle rule 1: "tagPrefixList" is not allowed with tagStatus "untagged" @ "tagPrefixList""#),
    Case(
      policy(rule(selection: #""tagStatus": "tagged", "tagPrefixList": []"#)),
      #"error: lifecycle rule 1: "tagPrefixList" is empty @ []"#),
    Case(
      policy(rule(selection: #""tagStatus": "tagged", "tagPrefixList": ["a", 1]"#)),
      #"error: lifecycle rule 1: "tagPrefixList" must hold texts only @ 1"#),
    Case(
      policy(rule(selection: #""tagStatus": "tagged", "tagPatternList": ["*a*b*c*", "*a*b*c*d*"]"#)),
      #"error: lifecycle rule 1: pattern "*a*b*c*d*" has 5 wildcards; ECR takes 4 @ "*a*b*c*d*""#),
    Case(
      policy(rule(count: #""countType": "imageCountMoreThan", "countUnit": "days", "countNumber": 3"#)),
      #"error: lifecycle rule 1: "countUnit" is not allowed with countType "imageCountMoreThan" @ "countUnit""#),
    Case(
      policy(rule(count: #""countType": "sinceImagePushed", "countNumber": 3"#)),
      #"error: lifecycle rule 1: countType "sinceImagePushed" needs "countUnit": "days""#
        + #" @ {"tagStatus": "any", "countType": "sinceImagePushed", "countNumber": 3}"#),
    Case(
      policy(rule(count: #""countType": "sinceImagePushed", "countUnit": "day", "countNumber": 3"#)),
      #"error: lifecycle rule 1: "countUnit" cannot be "day"; did you mean "days"? @ "day""#),
    Case(
      policy(rule(selection: #""tagStatus": "any", "storageClass": "archive""#)),
      #"error: lifecycle rule 1: countType "imageCountMoreThan" needs storageClass "standard" @ "archive""#),
    Case(
      policy(
        rule(
          selection: #""tagStatus": "any", "storageClass": "standard""#,
          count: #""countType": "sinceImageTransitioned", \#(days)"#)),
      #"error: lifecycle rule 1: countType "sinceImageTransitioned" needs storageClass "archive" @ "standard""#),
    Case(
      policy(
        rule(
          selection: #""tagStatus": "any", "storageClass": "archive""#,
          count: #""countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 89"#)),
      #"error: lifecycle rule 1: "countNumber" must be at least 90 days in the archive, not 89 @ 89"#),
    Case(
      policy(
        rule(
          selection: #""tagStatus": "any", "storageClass": "archive""#,
          count: #""countType": "sinceImageTransitioned", \#(days)"#, action: toArchive)),
      #"error: lifecycle rule 1: countType "sinceImageTransitioned" needs action "expire": its images are archived"#
        + #" @ "transition""#),
    Case(
      policy(rule(count: #""countType": "sinceImagePulled", \#(days)"#)),
      #"error: lifecycle rule 1: countType "sinceImagePulled" needs action "transition": it never expires images"#
        + #" @ "expire""#),
    Case(
      policy(rule(action: #""type": "transition""#)),
      #"error: lifecycle rule 1: action "transition" needs "targetStorageClass": "archive" @ {"type": "transition"}"#),
    Case(
      policy(rule(action: #""type": "expire", "targetStorageClass": "archive""#)),
      #"error: lifecycle rule 1: "targetStorageClass" is not allowed with action "expire" @ "targetStorageClass""#),
  ]

  private static let tagged = #""tagStatus": "tagged", "tagPrefixList": "#

  static let clashes = [
    Case(
      policy(rule(selection: #""tagStatus": "untagged""#), rule("1")),
      "error: lifecycle rule 1: another rule has this priority too @ 1"),
    Case(
      policy(rule(selection: #""tagStatus": "untagged""#), rule("2", selection: #""tagStatus": "untagged""#)),
      #"error: lifecycle rule 2: rule 1 already selects untagged images in storage class "standard" @ "untagged""#),
    Case(
      policy(rule("4"), rule("5")),
      #"error: lifecycle rule 5: rule 4 already selects every image in storage class "standard" @ "any""#),
    Case(
      policy(rule("4"), rule("5", selection: tagged + #"["a"]"#)),
      #"error: lifecycle rule 4: tagStatus "any" needs the largest priority number, and rule 5 has a larger one @ 4"#),
    Case(
      policy(rule(selection: tagged + #"["a", "b"]"#), rule("2", selection: tagged + #"["b", "a", "b"]"#)),
      #"error: lifecycle rule 2: rule 1 already selects by these prefixes in storage class "standard""#
        + #" @ ["b", "a", "b"]"#),
  ]

  @Test(arguments: shapes + fields + clashes)
  func pointsAtTheFault(_ expected: Case) {
    #expect(Self.faults(expected.policy) == [expected.fault])
  }

  @Test func namesTheOtherRule() throws {
    let text = ByteString(Self.policy(Self.rule("4", selection: #""tagStatus":   "any""#), Self.rule("5")))
    let fault = try #require(LifecyclePolicyReader.read(text).faults.first)
    let related = try #require(fault.related)
    #expect(text[related.range.start - 3..<related.range.end] == #"   "any""#)
  }

  @Test func keepsWholeRulesBesideFaultyOnes() {
    let reading = LifecyclePolicyReader.read(ByteString(Self.policy(Self.rule("0"), "7", Self.rule("2"), "{}")))
    #expect(reading.policy.rules.map(\.priority) == [2])
    #expect(reading.faults.count == 5)
  }

  @Test func countsCharactersAndRules() {
    #expect(
      Self.faults(#"{"rules": []}"#) == [
        #"error: lifecycle policy: the text has 13 characters; ECR takes 100 to 30720 @ {"rules": []}"#,
        #"error: lifecycle policy: "rules" is empty @ []"#,
      ])
    let padding = String(repeating: " ", count: 30_720)
    #expect(Self.faults(Self.policy(Self.rule()) + padding).count == 1)
    func rules(_ count: Int) -> String {
      let rules = (1...count).map { Self.rule("\($0)", selection: Self.tagged + "[\"\($0)\"]") }
      return #"{"rules": [\#(rules.joined(separator: ",\n"))]}"#
    }
    #expect(Self.faults(rules(50)) == [])
    #expect(
      Self.faults(rules(51)) == [
        "error: lifecycle policy: there are 51 rules; ECR takes 50 @ "
          + Self.rule("51", selection: Self.tagged + "[\"51\"]")
      ])
  }

  @Test func takesOneRuleForAnyImageInEachClass() {
    let archived = Self.rule(
      "2", selection: #""tagStatus": "any", "storageClass": "archive""#,
      count: #""countType": "sinceImageTransitioned", \#(Self.days)"#)
    let pulled = Self.rule(count: #""countType": "sinceImagePulled", \#(Self.days)"#, action: Self.toArchive)
    let reading = LifecyclePolicyReader.read(ByteString(Self.policy(pulled, archived)))
    #expect(reading.faults.isEmpty)
    #expect(reading.policy.rules.map(\.action) == [.archive, .expire])
    #expect(
      reading.policy.rules.map(\.criterion) == [
        .older(days: 120, since: .pulled), .older(days: 120, since: .transitioned),
      ])
  }

  /// Every text that a policy becomes by losing its end or a byte is read to an answer.
  @Test func readsBrokenTexts() {
    let bytes = Array(Self.policy(Self.rule(selection: Self.tagged + #"["a\u00e9", "b"]"#), Self.rule("2")).utf8)
    for index in bytes.indices {
      #expect(!LifecyclePolicyReader.read(ByteString(bytes[..<index])).faults.isEmpty)
      for byte: UInt8 in [0, 0xff, UInt8(ascii: "{"), UInt8(ascii: "\"")] {
        var broken = bytes
        broken[index] = byte
        for fault in LifecyclePolicyReader.read(ByteString(broken)).faults {
          #expect(fault.range(textLength: broken.count).end <= broken.count)
        }
      }
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(LifecyclePolicyReader.read(ByteString(deep)).faults.count == 1)
  }
}
