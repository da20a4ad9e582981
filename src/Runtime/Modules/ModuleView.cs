using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using FellowOakDicom;

namespace Specgen;

/// <summary>
/// A module of the standard as a typed view over a data set: reads and writes go straight to it, so nothing is kept twice and what the view does not have stays as it is. Setting
/// <see langword="null"/> removes an attribute; empty text leaves it without value (type 2). A value that cannot be read as its type is <see langword="null"/>. What may have several
/// values (PS3.5 §6.4) is a list of them; without values, it is empty. Dates, times and decimal strings are text, because no .NET type keeps their precision.
/// </summary>
public abstract partial class ModuleView
{
    /// <summary>A view over a data set.</summary>
    /// <param name="dataset">Read and written by the properties; may be empty.</param>
    /// <param name="shape">The attributes.</param>
    protected ModuleView(DicomDataset dataset, ModuleShape shape)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(shape);
        (Dataset, Shape) = (dataset, shape);
    }

    /// <summary>The data set that this is a view of.</summary>
    public DicomDataset Dataset { get; }

    internal ModuleShape Shape { get; private set; }

    /// <summary>The data set that a view is of: a module goes wherever a request or an answer takes a data set.</summary>
    /// <param name="view">The view.</param>
    [return: NotNullIfNotNull(nameof(view))]
    public static implicit operator DicomDataset?(ModuleView? view) => view?.Dataset;

    /// <summary>
    /// What the data set lacks of the attributes' types (PS3.5 §7.4): attributes of type 1 that are absent or empty, and of type 2 that are absent, in each item of a sequence too. What is
    /// conditional (1C, 2C) is not known to be missing.
    /// </summary>
    public IReadOnlyList<MissingAttribute> Missing() => Missing(static attribute => attribute.Type);

    /// <summary>What the data set lacks for a message, according to the usage of its attributes in PS3.4, or according to their types if PS3.4 has no usage for them.</summary>
    /// <param name="operation">The message: N-CREATE, N-SET, N-GET, N-ACTION or N-EVENT-REPORT.</param>
    /// <param name="role">Whose duty is looked at: what an SCU has to send, or what an SCP has to have.</param>
    public IReadOnlyList<MissingAttribute> Missing(DimseOperation operation, DicomRole role) => Missing(attribute =>
    {
        foreach (var usage in attribute.Usages)
        {
            if (usage.Operation == operation)
            {
                return role == DicomRole.Scu ? usage.Scu : usage.Scp;
            }
        }

        return attribute.Usages.Count == 0 ? attribute.Type : "";
    });

    /// <summary>What the data set has that PS3.4 does not allow in a message: usage "Not allowed", such as the patient's name in the N-SET of a performed procedure step.</summary>
    /// <param name="operation">The message: N-CREATE, N-SET, N-GET, N-ACTION or N-EVENT-REPORT.</param>
    /// <param name="role">Who sends it.</param>
    public IReadOnlyList<DicomTag> NotAllowed(DimseOperation operation, DicomRole role) =>
        [.. Shape.Attributes
            .Where(a => Dataset.Contains(a.Tag) && a.Usages.Any(u => u.Operation == operation && (role == DicomRole.Scu ? u.Scu : u.Scp) == "-"))
            .Select(static a => a.Tag)];

    /// <summary>The view of an item of one of the sequences. For generated code.</summary>
    /// <param name="index">The sequence's position in the shape.</param>
    /// <param name="item">The item.</param>
    /// <returns><see langword="null"/> where the attribute is no sequence.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal virtual ModuleView? SpecgenItem(int index, DicomDataset item) => null;

    /// <summary>The view of an item, with the types that its attributes have in this sequence.</summary>
    private protected ModuleView? ItemOf(int index, DicomDataset item)
    {
        var view = SpecgenItem(index, item);
        if (view is not null && Shape.Attributes[index].Items is { } own)
        {
            view.Shape = own;
        }

        return view;
    }

    /// <summary>The view of an item that is not there, to see what it would have; <see langword="null"/> where the attribute is no sequence.</summary>
    internal ModuleView? ItemShown(int index) => ItemOf(index, []);

    private List<MissingAttribute> Missing(Func<ModuleShape.Attribute, string> typeOf)
    {
        var missing = new List<MissingAttribute>();
        Find("", typeOf, missing);
        return missing;
    }

    private void Find(string path, Func<ModuleShape.Attribute, string> typeOf, List<MissingAttribute> missing)
    {
        for (var i = 0; i < Shape.Attributes.Length; i++)
        {
            var (_, attribute) = ForReading(i);
            var type = typeOf(attribute);
            var isThere = Dataset.Contains(attribute.Tag);
            if (!isThere ? type is "1" or "2" : type == "1" && IsEmpty(Dataset, attribute.Tag))
            {
                var tag = isThere ? attribute.Tag : Shape.Attributes[i].Tag;
                missing.Add(new MissingAttribute(tag, path + tag, isThere) { Type = type });
            }
            else if (isThere && Dataset.TryGetSequence(attribute.Tag, out var sequence))
            {
                for (var item = 0; item < sequence.Items.Count; item++)
                {
                    ItemOf(i, sequence.Items[item])?.Find($"{path}{attribute.Tag}[{item + 1}] > ", typeOf, missing);
                }
            }
        }
    }

    private static bool IsEmpty(DicomDataset dataset, DicomTag tag) => dataset.GetDicomItem<DicomItem>(tag) switch
    {
        DicomSequence sequence => sequence.Items.Count == 0,

        // Not the length of a text: fo-dicom encodes it for that, perhaps before it knows the character set.
        DicomElement { ValueRepresentation.IsString: true } text => text.Get<string>().Length == 0,
        DicomElement element => element.Length == 0,
        _ => false,
    };
}
