namespace Specgen.StorageCommitment;

/// <summary>How far a request of ours has got.</summary>
public enum RequestState
{
    /// <summary>It was, or is about to be, sent; whether the provider has it is not known.</summary>
    Requested = 0,

    /// <summary>The provider has answered that it has the request.</summary>
    Accepted = 1,

    /// <summary>The provider does not process the request: it answered that (PS3.4 J.3.2.1.2), or could not be reached.</summary>
    Refused = 2,

    /// <summary>The report has come.</summary>
    Reported = 3,
}
