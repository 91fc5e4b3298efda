import Testing

@testable import Kubernetes

@Suite struct FormTests {
  @Test(arguments: [
    "* * * * *", "*/5 0-6,22 1 jan mon-fri", "0 4 ? * SUN", "5/15 * * * *", "@daily", "@every 1h30m", "0 0 31 12 6",
  ])
  func schedulesThatCanBeRead(_ text: String) throws {
    _ = try CronSchedule(text)
  }

  @Test(arguments: [
    ("", "is empty"), ("* * * *", "has 4 fields, not 5"), ("60 * * * *", "minute `60` is outside 0–59"),
    ("* * 0 * *", "day of month `0` is outside 1–31"), ("* * * * 7", "day of week `7` is outside 0–6"),
    ("*/0 * * * *", "minute `*/0` has no step in `*/0`"), ("5-1 * * * *", "minute `5-1` ends before it starts"),
    ("a * * * *", "minute `a` cannot be read: `a`"), ("1,,2 * * * *", "minute `1,,2` cannot be read: ``"),
    ("@often", "`@often` is no schedule"), ("@every soon", "needs a duration behind `@every`, such as `1h30m`"),
    ("TZ=UTC 0 4 * * *", "names a time zone, which belongs in `timeZone`"),
  ])
  func schedulesThatCannot(_ text: String, _ reason: String) {
    #expect(throws: CronSchedule.Fault(reason: reason)) { try CronSchedule(text) }
  }

  @Test(arguments: [
    ("*/5 * * * *", true), ("0,30 4 * * *", true), ("7 * * * *", false), ("@hourly", false), ("@every 10m", true),
    ("@every 2h", false), ("30/30 * * * *", false),
  ])
  func frequency(_ text: String, _ isOften: Bool) throws {
    #expect(try CronSchedule(text).isMoreThanHourly == isOften)
  }

  @Test(arguments: ["1", "0.5", "500m", "1.5Gi", "1e3", "-1", "+2Ki", "1E", "1E3", ".5", "5."])
  func quantities(_ text: String) { #expect(QuantityForm.isValid(text)) }

  @Test(arguments: ["", "m", "1MB", "1 Gi", "1gi", "1K", "0x10", "1e", "1.2.3", "."])
  func noQuantities(_ text: String) { #expect(!QuantityForm.isValid(text)) }

  @Test(arguments: [
    (NameForm.subdomain, "web-1.example"), (.label, "web"), (.letterLabel, "w3"), (.pathSegment, "system:Web"),
    (.portName, "http-2"), (.labelValue, ""), (.labelValue, "1.0_A"), (.qualifiedName, "app"),
    (.qualifiedName, "helm.sh/chart"),
  ])
  func names(_ form: NameForm, _ text: String) { #expect(form.fault(of: text) == nil) }

  @Test(arguments: [
    (NameForm.subdomain, "web..a"), (.subdomain, "-a"), (.subdomain, "a_b"), (.label, "a.b"), (.letterLabel, "3w"),
    (.pathSegment, ".."), (.portName, "123"), (.portName, "a--b"), (.portName, "sixteen-letters-"),
    (.labelValue, "a/b"), (.labelValue, "-a"), (.qualifiedName, "a/b/c"), (.qualifiedName, "/a"),
    (.qualifiedName, "a b"), (.qualifiedName, "a/"),
  ])
  func noNames(_ form: NameForm, _ text: String) { #expect(form.fault(of: text) != nil) }

  @Test func aNameOfAnyBytes() {
    for byte in UInt8.min...UInt8.max {
      let text = String(decoding: [byte], as: UTF8.self)
      for form in [NameForm.subdomain, .letterLabel, .pathSegment, .portName, .labelValue, .qualifiedName] {
        _ = form.fault(of: text)
      }
    }
  }
}

@Suite struct APIRemovalTests {
  private func identity(_ apiVersion: String, _ kind: String) -> ObjectIdentity {
    let (group, version) = ObjectIdentity.split(apiVersion: apiVersion)
    return ObjectIdentity(group: group, version: version, kind: kind, namespace: "", name: "")
  }

  /// Where the schemas know a removal of the table, they know it of the same version.
  @Test func theTableAgreesWithTheSchemas() {
    for row in APIRemoval.rows where SchemaTable.knownVersions.contains(row.removal.removed) {
      for kind in row.kinds {
        guard let lifetime = SchemaTable.lifetime(of: identity(row.apiVersion, kind)) else { continue }
        #expect(lifetime.last + 1 == row.removal.removed, "\(row.apiVersion) \(kind)")
      }
    }
    for (key, row) in SchemaLines.shared.kinds where row.lifetime.last < 37 {
      let words = key.split(separator: " ").map(String.init)
      #expect(APIRemoval.of(identity(words[0], words[1]))?.removed == row.lifetime.last + 1, "\(key)")
    }
  }

  @Test func replacementsExist() {
    for row in APIRemoval.rows {
      guard let replacement = row.removal.replacement, row.removal.removed >= 22 else { continue }
      let group = ObjectIdentity.split(apiVersion: replacement).group
      let all = SchemaTable(minorVersion: row.removal.removed).apiVersions(ofGroup: group)
      #expect(all.contains(replacement), "\(row.apiVersion)")
    }
  }

  @Test func stability() {
    let versions = ["v1alpha1", "v1alpha2", "v1beta1", "v2beta2", "v1", "v2"]
    #expect(versions.shuffled().sorted { APIStability($0) < APIStability($1) } == versions)
  }
}
