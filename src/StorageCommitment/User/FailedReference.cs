using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>An instance that a provider has not committed to.</summary>
/// <param name="Reference">The instance.</param>
/// <param name="Reason">Why not: Failure Reason (0008,1197), which may be a number that the table does not have.</param>
public readonly record struct FailedReference(SopReference Reference, FailureReason Reason);
