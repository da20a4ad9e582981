using System.ComponentModel;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Specgen;

/// <summary>How the generated views of modules read and write. For generated code; use fo-dicom's own methods otherwise.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModuleValues
{
    /// <summary>The value as text, several values with backslashes between them (PS3.5 §6.4); <see langword="null"/> when absent, empty text when empty.</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    public static string? GetText(ModuleView view, int index)
    {
        var (dataset, attribute) = At(view, index);
        return !dataset.Contains(attribute.Tag) ? null : dataset.TryGetString(attribute.Tag, out var value) ? value ?? "" : "";
    }

    /// <summary>Sets the value; <see langword="null"/> removes the attribute, empty text leaves it empty (type 2).</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The value; several with backslashes between them.</param>
    /// <exception cref="DicomValidationException">The value is not one of the VR, and the data set validates.</exception>
    public static void SetText(ModuleView view, int index, string? value)
    {
        var (dataset, attribute) = At(view, index);
        if (value is null)
        {
            dataset.Remove(attribute.Tag);
        }
        else if (value.Length == 0)
        {
            dataset.AddOrUpdate<string>(VrOf(attribute), attribute.Tag);
        }
        else
        {
            dataset.AddOrUpdate(VrOf(attribute), attribute.Tag, value);
        }
    }

    /// <summary>The first value; <see langword="null"/> when absent, empty or not readable as <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    public static T? Get<T>(ModuleView view, int index)
        where T : struct
    {
        var (dataset, attribute) = At(view, index);
        return dataset.TryGetValue<T>(attribute.Tag, 0, out var value) ? value : null;
    }

    /// <summary>Sets the value; <see langword="null"/> removes the attribute.</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The value.</param>
    public static void Set<T>(ModuleView view, int index, T? value)
        where T : struct
    {
        var (dataset, attribute) = At(view, index);
        if (value is { } given)
        {
            dataset.AddOrUpdate(VrOf(attribute), attribute.Tag, given);
        }
        else
        {
            dataset.Remove(attribute.Tag);
        }
    }

    /// <summary>The bytes of a value of OB, OW and the like (PS3.5 §6.2), as they are in memory: little endian; <see langword="null"/> when absent, or encapsulated.</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    public static byte[]? GetBytes(ModuleView view, int index)
    {
        var (dataset, attribute) = At(view, index);
        return dataset.Contains(attribute.Tag) && dataset.GetDicomItem<DicomItem>(attribute.Tag) is DicomElement element ? element.Buffer.Data : null;
    }

    /// <summary>Sets the bytes of a value of OB or OW; <see langword="null"/> removes the attribute.</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The bytes, little endian.</param>
    public static void SetBytes(ModuleView view, int index, byte[]? value)
    {
        var (dataset, attribute) = At(view, index);
        if (value is null)
        {
            dataset.Remove(attribute.Tag);
            return;
        }

        var buffer = new MemoryByteBuffer(value);
        dataset.AddOrUpdate(VrOf(attribute) == DicomVR.OW ? new DicomOtherWord(attribute.Tag, buffer) : new DicomOtherByte(attribute.Tag, buffer));
    }

    /// <summary>A value of AT: a tag; <see langword="null"/> when absent or empty.</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    public static DicomTag? GetTag(ModuleView view, int index)
    {
        var (dataset, attribute) = At(view, index);
        return dataset.TryGetValue<DicomTag>(attribute.Tag, 0, out var value) ? value : null;
    }

    /// <summary>Sets a value of AT; <see langword="null"/> removes the attribute.</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The tag.</param>
    public static void SetTag(ModuleView view, int index, DicomTag? value)
    {
        var (dataset, attribute) = At(view, index);
        if (value is null)
        {
            dataset.Remove(attribute.Tag);
        }
        else
        {
            dataset.AddOrUpdate(DicomVR.AT, attribute.Tag, value);
        }
    }

    /// <summary>A sequence as a list of typed items.</summary>
    /// <typeparam name="TItem">The generated view of an item.</typeparam>
    /// <param name="view">The view.</param>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="item">Makes the view of an item.</param>
    public static ModuleSequence<TItem> Items<TItem>(ModuleView view, int index, Func<DicomDataset, TItem> item)
    {
        var (dataset, attribute) = At(view, index);
        return new ModuleSequence<TItem>(dataset, attribute.Tag, item);
    }

    private static (DicomDataset Dataset, ModuleShape.Attribute Attribute) At(ModuleView view, int index)
    {
        ArgumentNullException.ThrowIfNull(view);
        return (view.Dataset, view.Shape.Attributes[index]);
    }

    private static DicomVR VrOf(ModuleShape.Attribute attribute) => attribute.Vr ?? attribute.Tag.DictionaryEntry.ValueRepresentations[0];
}
