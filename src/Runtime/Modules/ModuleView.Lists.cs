using FellowOakDicom;

namespace Specgen;

/// <content>Attributes that may have several values (PS3.5 §6.4).</content>
public abstract partial class ModuleView
{
    /// <summary>The values; <see langword="null"/> when absent or not readable as <typeparamref name="T"/>, none when empty.</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="index">The attribute's position in its shape.</param>
    protected IReadOnlyList<T>? GetList<T>(int index)
    {
        var (dataset, attribute) = ForReading(index);
        if (!dataset.TryGetValues<T>(attribute.Tag, out var values) || values is null)
        {
            return dataset.Contains(attribute.Tag) && dataset.GetDicomItem<DicomItem>(attribute.Tag) is DicomElement { Count: 0 } ? [] : null;
        }

        // A text without value has a single empty one.
        return values is [string { Length: 0 }] ? [] : values;
    }

    /// <summary>Sets the values; <see langword="null"/> removes the attribute, none leaves it empty (type 2).</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="DicomValidationException">A value is not one of the VR, and the data set validates.</exception>
    protected void SetList<T>(int index, IReadOnlyList<T>? values)
    {
        var (dataset, attribute) = ForWriting(index);
        if (values is null)
        {
            dataset.Remove(attribute.Tag);
        }
        else
        {
            dataset.AddOrUpdate(VrOf(attribute), attribute.Tag, values.ToArray());
        }
    }
}
