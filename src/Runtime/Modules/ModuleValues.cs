using System.ComponentModel;
using FellowOakDicom;

namespace Specgen;

/// <summary>How the generated views of modules read and write single values. For generated code; use fo-dicom's own methods otherwise.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModuleValues
{
    /// <summary>The value as text, several values with backslashes between them (PS3.5 §6.4); <see langword="null"/> when absent, empty text when empty.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="tag">The attribute.</param>
    public static string? GetText(DicomDataset dataset, DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return !dataset.Contains(tag) ? null : dataset.TryGetString(tag, out var value) ? value ?? "" : "";
    }

    /// <summary>Sets the value; <see langword="null"/> removes the attribute, empty text leaves it empty (type 2).</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="vr">The attribute's value representation (PS3.6 Table 6-1).</param>
    /// <param name="tag">The attribute.</param>
    /// <param name="value">The value; several with backslashes between them.</param>
    /// <exception cref="DicomValidationException">The value is not one of the VR, and the data set validates.</exception>
    public static void SetText(DicomDataset dataset, DicomVR vr, DicomTag tag, string? value)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (value is null)
        {
            dataset.Remove(tag);
        }
        else if (value.Length == 0)
        {
            dataset.AddOrUpdate<string>(vr, tag);
        }
        else
        {
            dataset.AddOrUpdate(vr, tag, value);
        }
    }

    /// <summary>The first value; <see langword="null"/> when absent, empty or not readable as <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="dataset">The data set.</param>
    /// <param name="tag">The attribute.</param>
    public static T? Get<T>(DicomDataset dataset, DicomTag tag)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset.TryGetValue<T>(tag, 0, out var value) ? value : null;
    }

    /// <summary>Sets the value; <see langword="null"/> removes the attribute.</summary>
    /// <typeparam name="T">The type of a value of the attribute's VR.</typeparam>
    /// <param name="dataset">The data set.</param>
    /// <param name="vr">The attribute's value representation (PS3.6 Table 6-1).</param>
    /// <param name="tag">The attribute.</param>
    /// <param name="value">The value.</param>
    public static void Set<T>(DicomDataset dataset, DicomVR vr, DicomTag tag, T? value)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (value is { } given)
        {
            dataset.AddOrUpdate(vr, tag, given);
        }
        else
        {
            dataset.Remove(tag);
        }
    }
}
