using Specgen.Standard;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>Holds everything but what a test says.</summary>
internal sealed class TestCatalogue : IInstanceCatalogue
{
    private int _asked;

    public HashSet<string> Missing { get; } = [];

    public Exception? Failure { get; set; }

    public int Asked => _asked;

    public VerificationDepth? Depth { get; private set; }

    public ValueTask<IReadOnlyList<FailureReason?>> VerifyAsync(
        IReadOnlyList<SopReference> references, VerificationDepth depth, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        Depth = depth;
        if (Failure is { } failure)
        {
            throw failure;
        }

        lock (Missing)
        {
            return ValueTask.FromResult<IReadOnlyList<FailureReason?>>([.. references.Select(r => Missing.Contains(r.SopInstanceUid) ? FailureReason.NoSuchObjectInstance : (FailureReason?)null)]);
        }
    }
}
