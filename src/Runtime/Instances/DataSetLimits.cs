namespace Specgen;

/// <summary>
/// What a data set from a peer or a file may cost, however it arrives: with C-STORE, as an identifier, in a response, or in a file that is opened. It is scanned before fo-dicom decodes it, because fo-dicom
/// recurses into sequences and inflates without a limit of its own. A data set that exceeds a limit is refused like one that cannot be understood.
/// </summary>
public sealed record DataSetLimits
{
    /// <summary>The deepest <see cref="MaxDepth"/> that can be asked for: some ten times less than what a thread's stack has room for.</summary>
    public const int DeepestNesting = 512;

    /// <summary>What inflates to less than this is never held against its ratio: small data sets of one value compress better than any image.</summary>
    private const long AlwaysInflated = 16 * 1024 * 1024;

    /// <summary>The limits that apply if none are given.</summary>
    public static DataSetLimits Default { get; } = new();

    /// <summary>How deep sequences may be nested (PS3.5 §7.5): items within items, 1 to <see cref="DeepestNesting"/>. Default 64; structured reports in the field have about 20.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many elements, items and fragments a data set may have, those in sequences included. Default 2,000,000: an enhanced multi-frame image of 30,000 frames.</summary>
    public int MaxElements { get; init; } = 2_000_000;

    /// <summary>Bytes that a deflated data set may inflate to (PS3.5 §A.5). Default 256 MB.</summary>
    public long MaxInflatedLength { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many times as long as its deflated bytes a data set of more than 16 MB may become. Default 200; deflate reaches 1,032 with zeros.</summary>
    public int MaxInflationRatio { get; init; } = 200;

    /// <summary>What is wrong with these limits; null where nothing is.</summary>
    internal string? Problem() => this switch
    {
        { MaxDepth: < 1 or > DeepestNesting } => $"{nameof(MaxDepth)} is {MaxDepth}; it must be 1 to {DeepestNesting}",
        { MaxElements: < 1 } => $"{nameof(MaxElements)} is {MaxElements}; it must be at least 1",
        { MaxInflatedLength: < 1 } => $"{nameof(MaxInflatedLength)} is {MaxInflatedLength}; it must be at least 1",
        { MaxInflationRatio: < 1 } => $"{nameof(MaxInflationRatio)} is {MaxInflationRatio}; it must be at least 1",
        _ => null,
    };

    /// <summary>How long a data set may become that has so many bytes deflated.</summary>
    internal long InflatedLength(long deflated) =>
        deflated < MaxInflatedLength / MaxInflationRatio ? Math.Min(MaxInflatedLength, Math.Max(AlwaysInflated, deflated * MaxInflationRatio)) : MaxInflatedLength;
}
