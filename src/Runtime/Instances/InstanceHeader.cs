using FellowOakDicom;
using Specgen.Instances;

namespace Specgen;

/// <summary>
/// What an instance is called, and some of its attributes, read while going once through its encoded data set: what an archive has to know of an image, without decoding that. All other values are
/// stepped over; a data set that ends early or is none of its transfer syntax is noticed.
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
    /// <param name="dataSet">Stands at the first byte of the data set, behind the file meta information where it is a file's; read to its end.</param>
    /// <param name="transferSyntaxUid">How it is encoded.</param>
    /// <param name="wanted">The attributes to keep, as <c>(uint)tag</c>: group and element. Those of the data set itself only, not of sequence items.</param>
    /// <param name="limits">What is too much; <see langword="null"/> for <see cref="DataSetLimits.Default"/>.</param>
    /// <exception cref="DicomDataException">It ends early, is no data set of that transfer syntax, or exceeds a limit.</exception>
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
