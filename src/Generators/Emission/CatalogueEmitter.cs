using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>The names of the generated service classes, in a fixed order: all that the catalogue depends on.</summary>
internal sealed record CatalogueEmission(EquatableArray<string> ServiceClasses, EmissionSettings Settings);

/// <summary><c>DicomStandard</c>, which asks page by page, so that a row of one page re-emits that page only.</summary>
internal static class CatalogueEmitter
{
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
            writer.Summary("The SOP class that has the UID, or null when no page has it.");
            using (writer.Block($"public static {Names.SopClass}? FindSopClass(string uid)"))
            {
                var calls = emission.ServiceClasses.Select(name => settings.Global(CSharpText.Identifier(name)) + ".FindSopClass(uid)").ToArray();
                writer.Line("return " + (calls.Length == 0 ? "null" : calls[0]) + (calls.Length < 2 ? ";" : ""));
                using (writer.Indent())
                {
                    for (var i = 1; i < calls.Length; i++)
                    {
                        writer.Line("?? " + calls[i] + (i + 1 == calls.Length ? ";" : ""));
                    }
                }
            }

            writer.Line();
            writer.Summary("What the tables of the SOP class's service class say about a status code of a DIMSE service, or null.");
            using (writer.Block($"public static {Names.StatusInfo}? FindStatus(string sopClassUid, {Names.DimseOperation} operation, ushort code)"))
            {
                foreach (var name in emission.ServiceClasses)
                {
                    var type = settings.Global(CSharpText.Identifier(name));
                    using (writer.Block($"if ({type}.FindSopClass(sopClassUid) is not null && {type}.FindStatus(operation, code) is {{ }} in{name.TrimStart('@')})"))
                    {
                        writer.Line($"return in{name.TrimStart('@')};");
                    }

                    writer.Line();
                }

                writer.Line("return null;");
            }
        }

        return new GeneratedFile(Names.Catalogue + ".g.cs", writer.ToString());
    }
}
