using System.Collections;
using FellowOakDicom;

namespace Specgen;

/// <summary>
/// A sequence attribute (VR SQ, PS3.5 §7.5) as a list of typed items. A view: it holds nothing itself, so it always shows what the data set has now, and an absent sequence is an empty list.
/// </summary>
/// <typeparam name="TItem">The generated view of an item.</typeparam>
public sealed class ModuleSequence<TItem> : IReadOnlyList<TItem>
{
    private readonly DicomDataset _dataset;
    private readonly Func<bool, DicomTag> _tag;
    private readonly Func<DicomDataset, TItem> _view;

    /// <summary>A view of one sequence of a data set.</summary>
    /// <param name="dataset">The data set that has, or will have, the sequence.</param>
    /// <param name="tag">The sequence's tag.</param>
    /// <param name="view">Makes the view of an item.</param>
    public ModuleSequence(DicomDataset dataset, DicomTag tag, Func<DicomDataset, TItem> view)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(view);
        _dataset = dataset;
        _tag = _ => tag;
        _view = view;
    }

    /// <summary>As the other; the tag of a private sequence depends on the data set, and on whether it is about to be written.</summary>
    internal ModuleSequence(DicomDataset dataset, Func<bool, DicomTag> tag, Func<DicomDataset, TItem> view) => (_dataset, _tag, _view) = (dataset, tag, view);

    private DicomTag Tag => _tag(false);

    /// <summary>Whether the data set has the sequence; it may have it without items (type 2, PS3.5 §7.4.3).</summary>
    public bool IsPresent => _dataset.TryGetSequence(Tag, out _);

    /// <summary>The number of items.</summary>
    public int Count => _dataset.TryGetSequence(Tag, out var sequence) ? sequence.Items.Count : 0;

    /// <summary>The item at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public TItem this[int index] => index >= 0 && _dataset.TryGetSequence(Tag, out var sequence) && index < sequence.Items.Count
        ? _view(sequence.Items[index])
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The sequence {Tag} has {Count} items.");

    /// <summary>Appends an empty item, and the sequence itself where it is absent.</summary>
    /// <returns>The new item, to be filled in.</returns>
    public TItem Add() => Add(new DicomDataset());

    /// <summary>
    /// Appends an existing item, such as one that was read, or one that does not validate its values; and the sequence itself if it is absent.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <returns>Its view.</returns>
    public TItem Add(DicomDataset item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Sequence().Items.Add(item);
        return _view(item);
    }

    /// <summary>Removes the item at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public void RemoveAt(int index)
    {
        _ = this[index];
        Sequence().Items.RemoveAt(index);
    }

    /// <summary>Removes all items and leaves an empty sequence, which is added where it is absent.</summary>
    public void Clear() => Sequence().Items.Clear();

    /// <summary>Removes the sequence from the data set.</summary>
    public void Remove() => _dataset.Remove(Tag);

    /// <inheritdoc/>
    public IEnumerator<TItem> GetEnumerator()
    {
        if (_dataset.TryGetSequence(Tag, out var sequence))
        {
            foreach (var item in sequence.Items)
            {
                yield return _view(item);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private DicomSequence Sequence()
    {
        if (!_dataset.TryGetSequence(Tag, out var sequence))
        {
            sequence = new DicomSequence(_tag(true));
            _dataset.AddOrUpdate(sequence);
        }

        return sequence;
    }
}
