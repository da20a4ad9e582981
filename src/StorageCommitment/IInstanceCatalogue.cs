using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>
/// What the application holds: the interface behind the provider. It is asked when a report is made, from several threads at once, and again each time that a
/// report has to be sent once more.
/// </summary>
public interface IInstanceCatalogue
{
    /// <summary>
    /// Says of each instance whether it is held safely, in the order of the references: <see langword="null"/> for "committed to", else the Failure
    /// Reason (0008,1197). What is committed to has to be
    /// on the disk by now. References may be 100,000 and more: give them to a database as one parameter (JSON, an array), never as a list of
    /// parameters.
    /// </summary>
    /// <param name="references">The instances, in the peer's order; one may occur twice. UIDs are digits and dots, at most 64 characters; they need
    /// not be valid otherwise.</param>
    /// <param name="depth">How closely to look.</param>
    /// <param name="cancellationToken">Ends the looking: the report is tried again later.</param>
    /// <returns>As many as there are references. An exception means "not known now": the report is tried again later, and nothing is said to the
    /// peer.</returns>
    ValueTask<IReadOnlyList<FailureReason?>> VerifyAsync(IReadOnlyList<SopReference> references, VerificationDepth depth,
        CancellationToken cancellationToken);
}
