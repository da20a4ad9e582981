using System.Buffers.Binary;
using FellowOakDicom;

namespace Specgen;

/// <content>Private attributes (PS3.5 §7.8.1), and values whose VR was lost on the way (PS3.5 §6.2.2).</content>
public abstract partial class ModuleView
{
    private const int FirstBlock = 0x10;
    private const int LastBlock = 0xFF;
    private const int ElementsOfABlock = 0x100;

    /// <summary>An element that no group can have (PS3.5 §7.8.1): where an attribute without a block is looked for.</summary>
    private const ushort NoElement = 0x0001;

    /// <summary>Where the value is, and the attribute with the tag that it has there. A value that arrived as UN, as private ones do over implicit VR, is had in the VR of the table.</summary>
    private (DicomDataset Dataset, ModuleShape.Attribute Attribute) ForReading(int index)
    {
        var attribute = Shape.Attributes[index];
        if (attribute.Creator is not null)
        {
            attribute = attribute with { Tag = FindTag(attribute) ?? new DicomTag(attribute.Tag.Group, NoElement) };
        }

        return attribute.Vr is { } vr && Dataset.Contains(attribute.Tag) && Dataset.GetDicomItem<DicomItem>(attribute.Tag) is DicomElement element && element.ValueRepresentation == DicomVR.UN
            ? (Typed(element, vr), attribute)
            : (Dataset, attribute);
    }

    /// <summary>The data set, and the attribute with the tag that a value of it has, or is to have, there; the creator's element is added where it is missing.</summary>
    /// <exception cref="InvalidOperationException">Other creators have all blocks of the group.</exception>
    private (DicomDataset Dataset, ModuleShape.Attribute Attribute) ForWriting(int index)
    {
        var attribute = Shape.Attributes[index];
        return attribute.Creator is null ? (Dataset, attribute) : (Dataset, attribute with { Tag = FindTag(attribute) ?? AddBlock(attribute) });
    }

    /// <summary>The tag in the block of the attribute's creator, whichever that is in this data set; null where it has none.</summary>
    private DicomTag? FindTag(ModuleShape.Attribute attribute)
    {
        var group = attribute.Tag.Group;
        foreach (var item in Dataset)
        {
            if (item.Tag.Group == group && item.Tag.Element is >= FirstBlock and <= LastBlock && item is DicomElement creator && CreatorOf(creator) == attribute.Creator)
            {
                var element = (ushort)((item.Tag.Element * ElementsOfABlock) | (attribute.Tag.Element % ElementsOfABlock));

                // The library's tag of a private element that it read knows its creator, and is another one than a tag that does not.
                return Dataset.FirstOrDefault(other => other.Tag.Group == group && other.Tag.Element == element)?.Tag ?? new DicomTag(group, element);
            }
        }

        return null;
    }

    private DicomTag AddBlock(ModuleShape.Attribute attribute)
    {
        var group = attribute.Tag.Group;
        var taken = Dataset.Where(item => item.Tag.Group == group).Select(static item => (int)item.Tag.Element).ToHashSet();
        for (var block = FirstBlock; block <= LastBlock; block++)
        {
            // A block without a creator's element may be in use all the same.
            if (!taken.Contains(block) && !taken.Any(element => element / ElementsOfABlock == block))
            {
                Dataset.AddOrUpdate(DicomVR.LO, new DicomTag(group, (ushort)block), attribute.Creator!);
                return new DicomTag(group, (ushort)((block * ElementsOfABlock) | (attribute.Tag.Element % ElementsOfABlock)));
            }
        }

        throw new InvalidOperationException($"Group {group:x4} of the data set has no block left for the private creator '{attribute.Creator}'.");
    }

    private static string CreatorOf(DicomElement element) =>
        element.ValueRepresentation == DicomVR.UN ? System.Text.Encoding.ASCII.GetString(element.Buffer.Data).TrimEnd('\0', ' ') : element.Count == 0 ? "" : element.Get<string>().TrimEnd(' ');

    /// <summary>A data set that has the value in the VR that it should have. Its bytes are little endian (PS3.5 §6.2.2).</summary>
    private DicomDataset Typed(DicomElement element, DicomVR vr)
    {
        var bytes = element.Buffer.Data;
        var typed = new DicomDataset().NotValidated();
        return vr.Code switch
        {
            "US" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(ushort), BinaryPrimitives.ReadUInt16LittleEndian)),
            "SS" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(short), BinaryPrimitives.ReadInt16LittleEndian)),
            "UL" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(uint), BinaryPrimitives.ReadUInt32LittleEndian)),
            "SL" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(int), BinaryPrimitives.ReadInt32LittleEndian)),
            "UV" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(ulong), BinaryPrimitives.ReadUInt64LittleEndian)),
            "SV" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(long), BinaryPrimitives.ReadInt64LittleEndian)),
            "FL" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian)),
            "FD" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian)),
            "AT" => typed.AddOrUpdate(vr, element.Tag, Numbers(bytes, sizeof(uint), static tag => new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(tag), BinaryPrimitives.ReadUInt16LittleEndian(tag[sizeof(ushort)..])))),
            _ when vr.IsString => typed.AddOrUpdate(vr, element.Tag, TextOf(bytes)),

            // Bytes are had as they are, and a sequence is none without its items.
            _ => Dataset,
        };
    }

    private delegate T Reader<T>(ReadOnlySpan<byte> bytes);

    private static T[] Numbers<T>(byte[] bytes, int size, Reader<T> read)
    {
        var values = new T[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.AsSpan(i * size));
        }

        return values;
    }

    private string TextOf(byte[] bytes)
    {
        var charset = Dataset.TryGetString(DicomTag.SpecificCharacterSet, out var names) ? (names ?? "").Split('\\')[0] : "";
        return DicomEncoding.GetEncoding(charset).GetString(bytes).TrimEnd('\0', ' ');
    }
}
