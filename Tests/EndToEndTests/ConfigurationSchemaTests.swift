import Configuration
import SourceText
import TestSupport
import Testing

@Suite struct ConfigurationSchemaTests {
  @Test func theShippedSchemaIsTheOneThatIsPrinted() {
    let shipped = FixtureFiles.read(FixtureFiles.root + "/docs/guide")["slipway.schema.json"]
    #expect(shipped == ConfigurationSchema.text, "run `make generate`")
  }
}
