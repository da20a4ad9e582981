namespace Specgen.Instances;

/// <summary>
/// The private creators (PS3.5 §7.8.1) of the data sets that have been decoded. fo-dicom keeps each of them for as long as the process lives, so peers may show it many, and no more: a site's are some hundred.
/// What is refused for it is not decoded; it can still be stored as it is.
/// </summary>
/// <param name="most">How many.</param>
internal sealed class PrivateCreators(int most)
{
    /// <summary>Bytes. VR LO has 64 characters (PS3.5 §6.2), of up to four bytes.</summary>
    public const int Longest = 256;

    /// <summary>With what fo-dicom keeps of them, some 30 MB at most.</summary>
    public const int Most = 50_000;

    /// <summary>By their hash: two that share one count as one, which does no harm.</summary>
    private readonly HashSet<int> _known = [];

    /// <summary>Those of the process.</summary>
    public static PrivateCreators Default { get; } = new(Most);

    public static bool IsOne(uint tag) => (tag >> 16 & 1) != 0 && (tag & 0xFFFF) is >= 0x10 and <= 0xFF;

    public static int HashOf(ReadOnlySpan<byte> creator)
    {
        var hash = default(HashCode);
        hash.AddBytes(creator);
        return hash.ToHashCode();
    }

    /// <exception cref="RefusedDataSetException">There would be too many.</exception>
    public void Admit(DataSetScanner scanned)
    {
        if (scanned.HasLongCreator)
        {
            throw RefusedDataSetException.Because($"a private creator has more than {Longest} bytes");
        }

        if (scanned.Creators is not { } creators)
        {
            return;
        }

        lock (_known)
        {
            if (_known.Count + creators.Count > most && _known.Count + creators.Count(creator => !_known.Contains(creator)) > most)
            {
                throw RefusedDataSetException.Because("it has private creators that nobody had before, and there have been too many");
            }

            _known.UnionWith(creators);
        }
    }
}
