using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Specgen;

/// <content>How the generated properties read and write; an attribute is named by its position in the shape.</content>
public abstract partial class ModuleView
{
    /// <summary>The value as text, several values with backslashes between them (PS3.5 §6.4); <see langword="null"/> when absent, empty text when empty.</summary>
    /// <param name="index">The attribute's position in its shape.</param>
    protected string? GetText(int index)
    {
        var (dataset, attribute) = ForReading(index);
        return !dataset.Contains(attribute.Tag) ? null : dataset.TryGetString(attribute.Tag, out var value) ? value ?? "" : "";
    }

    /// <summary>Sets the value; <see langword="null"/> removes the attribute, empty text leaves it empty (type 2).</summary>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The value; several with backslashes between them.</param>
    /// <exception cref="DicomValidationException">The value is not one of the VR, and the data set validates.</exception>
    protected void SetText(int index, string? value)
    {
        var (dataset, attribute) = ForWriting(index);
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
    /// <param name="index">The attribute's position in its shape.</param>
    protected T? Get<T>(int index)
        where T : struct
    {
        var (dataset, attribute) = ForReading(index);
        return dataset.TryGetValue<T>(attribute.Tag, 0, out var value) ? value : null;
    }

    /// <summary>Sets the value; <see langword="null"/> removes the attribute.</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The value.</param>
    protected void Set<T>(int index, T? value)
        where T : struct
    {
        var (dataset, attribute) = ForWriting(index);
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
    /// <param name="index">The attribute's position in its shape.</param>
    protected byte[]? GetBytes(int index)
    {
        var (dataset, attribute) = ForReading(index);
        return dataset.Contains(attribute.Tag) && dataset.GetDicomItem<DicomItem>(attribute.Tag) is DicomElement element ? element.Buffer.Data : null;
    }

    /// <summary>Sets the bytes of a value of OB or OW; <see langword="null"/> removes the attribute.</summary>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The bytes, little endian.</param>
    protected void SetBytes(int index, byte[]? value)
    {
        var (dataset, attribute) = ForWriting(index);
        if (value is null)
        {
            dataset.Remove(attribute.Tag);
            return;
        }

        var buffer = new MemoryByteBuffer(value);
        dataset.AddOrUpdate(VrOf(attribute) == DicomVR.OW ? new DicomOtherWord(attribute.Tag, buffer) : new DicomOtherByte(attribute.Tag, buffer));
    }

    /// <summary>A value of AT: a tag; <see langword="null"/> when absent or empty.</summary>
    /// <param name="index">The attribute's position in its shape.</param>
    protected DicomTag? GetTag(int index)
    {
        var (dataset, attribute) = ForReading(index);
        return dataset.TryGetValue<DicomTag>(attribute.Tag, 0, out var value) ? value : null;
    }

    /// <summary>Sets a value of AT; <see langword="null"/> removes the attribute.</summary>
    /// <param name="index">The attribute's position in its shape.</param>
    /// <param name="value">The tag.</param>
    protected void SetTag(int index, DicomTag? value)
    {
        var (dataset, attribute) = ForWriting(index);
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
    /// <param name="index">The attribute's position in its shape.</param>
    protected ModuleSequence<TItem> Items<TItem>(int index)
        where TItem : ModuleView
    {
        DicomTag Tag(bool isWritten) => (isWritten ? ForWriting(index) : ForReading(index)).Attribute.Tag;
        return new ModuleSequence<TItem>(Dataset, Tag, item => (TItem)ItemOf(index, item)!);
    }

    private static DicomVR VrOf(ModuleShape.Attribute attribute) => attribute.Vr ?? attribute.Tag.DictionaryEntry.ValueRepresentations[0];
}
