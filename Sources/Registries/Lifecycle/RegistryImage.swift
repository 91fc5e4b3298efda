import SourceText

/// What a registry knows of one image. Moments are seconds since 1970, UTC.
package struct RegistryImage: Sendable {
  package var digest: ByteString
  /// Empty for an untagged image.
  package var tags: [ByteString]
  package var pushedAt: Int64
  /// The last pull that was recorded.
  package var pulledAt: Int64?
  package var storageClass: LifecycleRule.StorageClass
  /// When it last went to the archive.
  package var archivedAt: Int64?
  /// When it last came back from the archive.
  package var activatedAt: Int64?
  /// Digests of the manifest lists (image indexes) that it is a part of.
  package var lists: [ByteString]
  /// The digest of the image that it is a signature, an SBOM or another artifact of.
  package var subject: ByteString?

  package init(
    digest: ByteString, tags: [ByteString], pushedAt: Int64, pulledAt: Int64? = nil,
    storageClass: LifecycleRule.StorageClass = .standard, archivedAt: Int64? = nil, activatedAt: Int64? = nil,
    lists: [ByteString] = [], subject: ByteString? = nil
  ) {
    self.digest = digest
    self.tags = tags
    self.pushedAt = pushedAt
    self.pulledAt = pulledAt
    self.storageClass = storageClass
    self.archivedAt = archivedAt
    self.activatedAt = activatedAt
    self.lists = lists
    self.subject = subject
  }

  /// What rules that count go by: a restored image is as new as its restoration.
  var countedFrom: Int64 { activatedAt ?? pushedAt }

  /// The moment of an event; nil when there was none.
  func moment(of event: LifecycleRule.Event) -> Int64? {
    switch event {
    case .pushed: return pushedAt
    case .transitioned: return archivedAt
    case .pulled:
      guard let activatedAt else { return pulledAt ?? pushedAt }
      return max(activatedAt, pulledAt ?? activatedAt)
    }
  }
}
