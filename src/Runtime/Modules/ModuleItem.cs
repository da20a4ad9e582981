using FellowOakDicom;

namespace Specgen;

/// <summary>An item of a sequence whose table does not say what its items have: no attribute has a property here, and <see cref="ModuleView.Dataset"/> has them all.</summary>
/// <param name="dataset">The item.</param>
public sealed class ModuleItem(DicomDataset dataset) : ModuleView(dataset, s_shape)
{
    private static readonly ModuleShape s_shape = ModuleShape.Of("");
}
