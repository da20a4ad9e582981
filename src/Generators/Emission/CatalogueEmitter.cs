using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>The names of the generated service classes, in a fixed order: all that the catalogue depends on.</summary>
internal sealed record CatalogueEmission(EquatableArray<string> ServiceClasses, EmissionSettings Settings);

/// <summary><c>DicomStandard</c>, which asks page by page, so that a row of one page re-emits that page only.</summary>
internal static class CatalogueEmitter
{
    private const string Catalogue = Names.Runtime + "ServiceClassCatalogue";

    public static GeneratedFile Emit(CatalogueEmission emission)
    {
        var settings = emission.Settings;
        var writer = GeneratedCode.Begin(settings.Namespace);

        // The pages add their parts to these two; a part cannot repeat an attribute, so it stands here.
        writer.Summary("UIDs of SOP classes, by the keyword of PS3.6 Table A-1: constants for attributes and switches.").Line(GeneratedCode.Attribute);
        writer.Line($"{settings.Accessibility} static partial class {Names.SopClassUids}").Line("{").Line("}").Line();
        writer.Summary("The SOP classes of every page, by the keyword of PS3.6 Table A-1.").Line(GeneratedCode.Attribute);
        writer.Line($"{settings.Accessibility} static partial class {Names.SopClasses}").Line("{").Line("}").Line();

        writer.Summary("Every service class page at once.").Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} static class {Names.Catalogue}"))
        {
            writer.Line($"private static readonly {Catalogue} Pages = new {Catalogue}()" + (emission.ServiceClasses.Count == 0 ? ";" : ""));
            using (writer.Indent())
            {
                for (var i = 0; i < emission.ServiceClasses.Count; i++)
                {
                    writer.Line($".Add<{settings.Global(CSharpText.Identifier(emission.ServiceClasses[i]))}>()" + (i + 1 == emission.ServiceClasses.Count ? ";" : ""));
                }
            }

            writer.Line();
            writer.Summary("The SOP class that has the UID, or null when no page has it.");
            writer.Line($"public static {Names.SopClass}? FindSopClass(string uid) => Pages.FindSopClass(uid);").Line();
            writer.Summary("What the tables of the SOP class's service class say about a status code of a DIMSE service, or null.");
            writer.Line($"public static {Names.StatusInfo}? FindStatus(string sopClassUid, {Names.DimseOperation} operation, ushort code) => Pages.FindStatus(sopClassUid, operation, code);");
        }

        return new GeneratedFile(Names.Catalogue + ".g.cs", writer.ToString());
    }
}
