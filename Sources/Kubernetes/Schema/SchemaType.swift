/// A mapping with known fields: of the built-in API, or of a custom resource's definition.
package struct SchemaType: Sendable {
  private enum Body: Sendable {
    /// The line of the generated text.
    case line(Range<Int>)
    /// A schema in a CustomResourceDefinition. `isRoot`: it describes whole objects.
    case schema(Node, isRoot: Bool)
  }

  private let table: SchemaTable
  /// The type's name in the generated text; empty for one of a custom resource.
  package let name: String
  private let body: Body

  init(table: SchemaTable, name: String, line: Range<Int>) {
    self.table = table
    self.name = name
    body = .line(line)
  }

  init(schema: Node, table: SchemaTable, isRoot: Bool = false) {
    self.table = table
    name = ""
    body = .schema(schema, isRoot: isRoot)
  }

  /// Keys that are no fields are kept as they are.
  package var isOpen: Bool {
    guard case .schema(let schema, _) = body else { return false }
    let values = schema["additionalProperties"]
    return schema["x-kubernetes-preserve-unknown-fields"]?.boolean == true
      || schema["x-kubernetes-embedded-resource"]?.boolean == true || (values != nil && values?.boolean != false)
  }

  /// The field of this name; nil when the type has none in the table's version.
  package func field(_ name: String) -> SchemaField? {
    switch body {
    case .line(let line):
      return SchemaLines.cell(named: name, in: line, of: table).map { SchemaField(cell: $0, in: table) }
    case .schema(let schema, let isRoot):
      if isRoot, let field = Self.fieldOfObjects(name, in: table) { return field }
      return schema["properties"]?[name].map { SchemaField(name: name, schema: $0, of: schema, in: table) }
    }
  }

  /// All fields of the table's version, by name.
  package var fields: [SchemaField] {
    switch body {
    case .line(let line): return SchemaLines.cells(in: line, of: table).map { SchemaField(cell: $0, in: table) }
    case .schema(let schema, let isRoot):
      let own = schema["properties"].map { Array($0.children) }?.compactMap(\.key) ?? []
      let common = isRoot ? Self.namesOfObjects : []
      return Set(own + common).sorted().compactMap(field)
    }
  }

  /// The fields that must be there, by name.
  package var requiredNames: [String] {
    switch body {
    case .line(let line): return SchemaLines.requiredNames(in: line, of: table)
    case .schema(let schema, let isRoot):
      return (schema["required"]?.items ?? []).compactMap(\.scalar).filter { name in
        // What has a default is filled in before anyone asks; an object has its kind, and the cluster its status.
        schema["properties"]?[name]?["default"] == nil && !(isRoot && Self.namesOfObjects.contains(name))
      }
    }
  }

  // MARK: Objects of custom kinds

  private static let namesOfObjects = ["apiVersion", "kind", "metadata", "status"]

  /// The fields that every object has, whatever its definition says.
  private static func fieldOfObjects(_ name: String, in table: SchemaTable) -> SchemaField? {
    switch name {
    case "apiVersion", "kind": return SchemaField(name: name, type: .string(StringForm()), isRequired: false)
    case "metadata":
      return SchemaField(
        name: name, type: table.type(named: "meta.v1.ObjectMeta").map(FieldType.object) ?? .any, isRequired: false)
    case "status": return SchemaField(name: name, type: .any, isRequired: false)
    default: return nil
    }
  }
}

/// One field of a type.
package struct SchemaField: Sendable {
  package let name: String
  package let type: FieldType
  package let isRequired: Bool

  init(name: String, type: FieldType, isRequired: Bool) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }

  init(cell: SchemaLines.Cell, in table: SchemaTable) {
    name = cell.name
    isRequired = cell.code.hasSuffix("!")
    type = FieldType(code: isRequired ? cell.code.dropLast() : cell.code, in: table)
  }

  fileprivate init(name: String, schema: Node, of parent: Node, in table: SchemaTable) {
    self.name = name
    // What has a default is filled in before anyone asks whether it is there.
    isRequired = schema["default"] == nil && (parent["required"]?.items ?? []).contains { $0.scalar == name }
    type = FieldType(schema: schema, in: table)
  }
}
