using FellowOakDicom;
using Specgen.Instances;

namespace Specgen;

/// <summary>
/// The UIDs of an instance, and some of its attributes, read in one pass through its encoded data set: what an archive has to know about an image, without decoding it. All other
/// values are skipped; a data set that ends early, or does not fit its transfer syntax, is detected.
/// </summary>
public sealed class InstanceHeader
{
    /// <summary>How many bytes a value may have that is kept; longer ones are left out.</summary>
    public const int LongestValue = 4096;

    private readonly Dictionary<uint, byte[]> _values;

    internal InstanceHeader(InstanceIdentity identity, Dictionary<uint, byte[]> values) => (Identity, _values) = (identity, values);

    /// <summary>The UIDs by which it is stored and found.</summary>
    public InstanceIdentity Identity { get; }

    /// <summary>Reads the header of an instance.</summary>
    /// <param name="dataSet">Positioned at the first byte of the data set, in a file after the file meta information; read to its end.</param>
    /// <param name="transferSyntaxUid">How it is encoded.</param>
    /// <param name="wanted">The attributes to keep, as <c>(uint)tag</c>: group and element. Those of the data set itself only, not of sequence items.</param>
    /// <param name="limits">What is too much; <see langword="null"/> for <see cref="DataSetLimits.Default"/>.</param>
    /// <exception cref="DicomDataException">It ends early, is not a data set of that transfer syntax, or exceeds a limit.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InstanceHeader Read(Stream dataSet, string transferSyntaxUid, IReadOnlySet<uint> wanted, DataSetLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentException.ThrowIfNullOrEmpty(transferSyntaxUid);
        ArgumentNullException.ThrowIfNull(wanted);
        var scanned = DataSetGuard.Check(dataSet, DicomTransferSyntax.Parse(transferSyntaxUid), limits ?? DataSetLimits.Default, wanted);
        return new InstanceHeader(scanned.Identity, scanned.Values);
    }

    /// <summary>The encoded value of an attribute that was wanted. Empty where the data set does not have it, has it without a value, or with one of more than <see cref="LongestValue"/> bytes.</summary>
    /// <param name="tag">The attribute.</param>
    public ReadOnlyMemory<byte> this[DicomTag tag]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(tag);
            return _values.GetValueOrDefault((uint)tag);
        }
    }
}
