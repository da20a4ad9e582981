using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Specgen.Conformance;

/// <summary>The model as JSON, written by hand: it needs no reflection.</summary>
internal static class JsonDocumentWriter
{
    public static string Write(ConformanceStatement statement)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("product", statement.Product);
            json.WriteString("version", statement.Version);
            json.WriteString("template", $"PS3.2 {AnnexN.Edition} Annex N");
            json.WriteBoolean("isDraft", statement.IsDraft);
            Strings(json, "missing", statement.Missing);
            List(json, "entities", statement.Entities, Entity);
            json.WriteStartObject("snippets");
            foreach (var (number, text) in statement.Snippets.OrderBy(static s => s.Key, StringComparer.Ordinal))
            {
                json.WriteString(number, text);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
    }

    private static void Entity(Utf8JsonWriter json, ConformanceEntity entity)
    {
        json.WriteString("aeTitle", entity.AETitle);
        List(json, "services", entity.Services, Service);
        List(json, "contexts", entity.Contexts, Context);
        List(json, "parameters", entity.Parameters, Parameter);
        List(json, "policies", entity.Policies, Parameter);
    }

    private static void Service(Utf8JsonWriter json, ConformanceService service)
    {
        json.WriteString("serviceClass", service.ServiceClass);
        json.WriteString("role", Names.Of(service.Role));
        List(json, "sopClasses", service.SopClasses, SopClass);
        List(json, "actionTypes", service.ActionTypes ?? [], Type);
        List(json, "eventTypes", service.EventTypes ?? [], Type);
        List(json, "keys", service.Keys ?? [], Key);
        List(json, "modules", service.Modules, Module);
        List(json, "statusTables", service.StatusTables, StatusTable);
    }

    private static void SopClass(Utf8JsonWriter json, SopClass sopClass)
    {
        json.WriteString("uid", sopClass.Uid);
        json.WriteString("keyword", sopClass.Keyword);
        json.WriteString("name", sopClass.Name);
    }

    private static void Context(Utf8JsonWriter json, ConformanceContext context)
    {
        json.WriteString("abstractSyntax", context.SopClass.Uid);
        json.WriteString("role", Names.Of(context.Role));
        json.WriteBoolean("isInitiated", context.IsInitiated);
        json.WriteBoolean("anyTransferSyntax", context.TransferSyntaxes.Count == 0);
        Strings(json, "transferSyntaxes", context.TransferSyntaxes);
        Strings(json, "operations", [.. context.Operations.Select(Names.Of)]);
        Strings(json, "extendedNegotiation", context.ExtendedNegotiation);
    }

    private static void Parameter(Utf8JsonWriter json, ConformanceParameter parameter)
    {
        json.WriteString("section", parameter.Section);
        json.WriteString("name", parameter.Name);
        json.WriteString("value", parameter.Value);
        json.WriteString("option", parameter.Option);
    }

    private static void Type(Utf8JsonWriter json, ConformanceType type)
    {
        json.WriteNumber("id", type.Id);
        json.WriteString("name", type.Name);
    }

    private static void Key(Utf8JsonWriter json, ConformanceKey key)
    {
        json.WriteString("level", key.Level);
        json.WriteString("name", key.Name);
        json.WriteString("tag", key.Tag);
        Strings(json, "matching", key.Matching);
        json.WriteString("kind", key.Kind);
    }

    private static void Module(Utf8JsonWriter json, ConformanceModule module)
    {
        json.WriteString("operation", Names.Of(module.Operation));
        json.WriteString("of", module.Of);
        json.WriteBoolean("isReply", module.IsReply);
        List(json, "attributes", module.Attributes, Attribute);
    }

    private static void Attribute(Utf8JsonWriter json, ConformanceAttribute attribute)
    {
        json.WriteString("name", attribute.Name);
        json.WriteString("tag", attribute.Tag);
        json.WriteString("scu", attribute.Scu);
        json.WriteString("scp", attribute.Scp);
    }

    private static void StatusTable(Utf8JsonWriter json, ConformanceStatusTable table)
    {
        json.WriteString("operation", Names.Of(table.Operation));
        json.WriteString("role", Names.Of(table.Role));
        json.WriteBoolean("isSent", table.IsSent);
        List(json, "rows", table.Rows, Row);
    }

    private static void Row(Utf8JsonWriter json, ConformanceStatusRow row)
    {
        json.WriteString("codes", row.Codes);
        json.WriteString("category", row.Category?.ToString());
        json.WriteString("meaning", row.Meaning);
        json.WriteString("text", row.Text);
        json.WriteString("relatedFields", row.RelatedFields);
        json.WriteString("misprint", row.Misprint);
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
