using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>Encapsulated pixel data: an offset table and fragments, carried as they are (PS3.5 §A.4).</summary>
public abstract class DicomFragmentSequence : DicomItem, IEnumerable<IByteBuffer>
{
    private protected DicomFragmentSequence(DicomTag tag)
        : base(tag)
    {
    }

    internal IList<uint> OffsetTable { get; } = new List<uint>();

    public IList<IByteBuffer> Fragments { get; } = new List<IByteBuffer>();

    internal void Add(IByteBuffer fragment) => Fragments.Add(fragment);

    public IEnumerator<IByteBuffer> GetEnumerator() => Fragments.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

public class DicomOtherByteFragment : DicomFragmentSequence
{
    public DicomOtherByteFragment(DicomTag tag)
        : base(tag)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OB;

    internal override DicomItem Copy()
    {
        var copy = new DicomOtherByteFragment(Tag);
        foreach (var offset in OffsetTable)
        {
            copy.OffsetTable.Add(offset);
        }

        foreach (var fragment in Fragments)
        {
            copy.Add(fragment);
        }

        return copy;
    }
}
