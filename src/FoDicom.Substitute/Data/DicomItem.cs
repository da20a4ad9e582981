namespace FellowOakDicom;

/// <summary>A data element of any kind: with a value, a sequence, or encapsulated fragments.</summary>
public abstract class DicomItem : IComparable<DicomItem>, IComparable
{
    private protected DicomItem(DicomTag tag) => Tag = tag ?? throw new ArgumentNullException(nameof(tag));

    public DicomTag Tag { get; internal set; }

    public abstract DicomVR ValueRepresentation { get; }

    public int CompareTo(DicomItem other) => other is null ? 1 : Tag.CompareTo(other.Tag);

    public int CompareTo(object obj) => CompareTo(obj as DicomItem);

    public virtual void Validate()
    {
    }

    public override string ToString() => $"{Tag} {ValueRepresentation} {Tag.DictionaryEntry.Name}";

    internal abstract DicomItem Copy();
}

/// <summary>A sequence of items (PS3.5 §7.5).</summary>
public class DicomSequence : DicomItem, IEnumerable<DicomDataset>
{
    public DicomSequence(DicomTag tag, params DicomDataset[] items)
        : base(tag) => Items = [.. items];

    public override DicomVR ValueRepresentation => DicomVR.SQ;

    public IList<DicomDataset> Items { get; }

    public IEnumerator<DicomDataset> GetEnumerator() => Items.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public override void Validate()
    {
        foreach (var item in Items.SelectMany(static dataset => dataset))
        {
            item.Validate();
        }
    }

    internal override DicomItem Copy() => new DicomSequence(Tag, [.. Items.Select(item => item.Clone())]);
}
