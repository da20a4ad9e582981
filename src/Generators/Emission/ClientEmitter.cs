using Specgen.Generators.Handlers;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>Requests that a handler class sends: notifications of a provider, operations of a user, and a user's association.</summary>
internal static class ClientEmitter
{
    private const string Field = "_specgenAssociation";
    private const string Association = Names.Runtime + "ScuAssociation";

    /// <summary>Of what a C-GET brings: whose storage it is, the page of the C-GET does not say.</summary>
    private const string StoreStatus = "TStoreStatus";

    public static void WriteRequests(SourceWriter writer, BoundService service)
    {
        foreach (var client in service.Clients)
        {
            switch (client.Operation)
            {
                case DimseOperation.CEcho:
                    WriteMethod(writer, service, client, "Asks whether the peer is there", [], "CEchoAsync", []);
                    break;
                case DimseOperation.CStore:
                    WriteMethod(writer, service, client, "Sends an instance", [new(Names.DicomFile, "file", "The instance.")], "CStoreAsync", ["file"]);
                    WriteMethod(writer, service, client, "Sends an instance as it is on disk", [new("string", "path", "The file.")], "CStoreAsync", ["path"]);
                    break;
                case DimseOperation.NAction or DimseOperation.NEventReport when client.Type is { } named:
                    WriteNamed(writer, service, client, named);
                    break;
                case DimseOperation.NAction or DimseOperation.NEventReport:
                    WriteTyped(writer, service, client);
                    break;
                default:
                    WriteOther(writer, service, client);
                    break;
            }
        }
    }

    /// <summary>ConnectAsync, and DisposeAsync where the class has none of its own.</summary>
    public static void WriteConnection(SourceWriter writer, BoundHandler handler)
    {
        writer.Line(GeneratedCode.Attribute).Line($"private {Association}? {Field};").Line();
        writer.Summary($"Opens the association that this object sends its requests over. {(handler.Disposes ? Names.Release : "Disposing this object")} releases it.");
        writer.Line("/// <param name=\"options\">Where to, as whom, and what to propose.</param>");
        writer.Line("/// <param name=\"cancellationToken\">Cancels the attempt.</param>");
        writer.Line("/// <returns>The association.</returns>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The association of an earlier call is still open.</exception>");
        writer.Line("/// <exception cref=\"global::Specgen.AssociationException\">The peer cannot be reached, rejects the association, aborts it or does not answer in time.</exception>");
        writer.Line(GeneratedCode.Attribute);
        using (writer.Block($"public async {Names.ValueTask}<{Association}> ConnectAsync({Names.Runtime}ScuOptions options, {Names.CancellationToken} cancellationToken = default)"))
        {
            using (writer.Block($"if ({Field} is {{ IsOpen: true }})"))
            {
                writer.Line("throw new global::System.InvalidOperationException(\"The association is open already; dispose it before opening another.\");");
            }

            writer.Line();
            writer.Line($"var opened = await {Association}.OpenAsync(this, options, cancellationToken).ConfigureAwait(false);");
            writer.Line($"{Field} = opened;").Line("return opened;");
        }

        writer.Line();
        writer.Summary(handler.Disposes ? "Releases the association, if one is open: for the class's own DisposeAsync, which has to call it." : "Releases the association, if one is open.")
            .Line("/// <returns>A task that ends when it is released.</returns>").Line(GeneratedCode.Attribute);
        using (writer.Block(handler.Disposes ? $"private {Names.ValueTask} {Names.Release}()" : $"public {Names.ValueTask} DisposeAsync()"))
        {
            writer.Line($"var open = global::System.Threading.Interlocked.Exchange(ref {Field}, null);");
            writer.Line("return open is null ? default : open.DisposeAsync();");
        }

        writer.Line();
        writer.Line(GeneratedCode.Attribute);
        writer.Line($"private {Association} SpecgenAssociation => {Field} ?? throw new global::System.InvalidOperationException(\"There is no association yet; call ConnectAsync first.\");").Line();
    }

    /// <summary>N-ACTION of a user, N-EVENT-REPORT of a provider: the types are an enum where the page has them.</summary>
    private static void WriteTyped(SourceWriter writer, BoundService service, BoundMethod client)
    {
        var enums = TypeEnum.Of(service.ShortName, client.Operation, service.Types);
        foreach (var types in enums)
        {
            WriteTyped(writer, service, client, types.Name);
        }

        if (enums.IsEmpty)
        {
            WriteTyped(writer, service, client, null);
        }
    }

    private static void WriteTyped(SourceWriter writer, BoundService service, BoundMethod client, string? typeEnum)
    {
        var isEvent = client.Operation == DimseOperation.NEventReport;
        var name = isEvent ? "eventType" : "actionType";
        var type = typeEnum is null ? "ushort" : service.Settings.Global(typeEnum);
        var parameters = new List<Parameter>();
        if (isEvent)
        {
            parameters.Add(new Parameter(Names.Runtime + "PeerLink", "peer", "The peer, from the context of its request."));
        }

        var sopClass = AddSopClass(parameters, service, client);
        parameters.Add(new Parameter("string", "sopInstanceUid", "The SOP instance that the request is of; often a well-known one."));
        parameters.Add(new Parameter(type, name, isEvent ? "Event Type ID (0000,1002)." : "Action Type ID (0000,1008)."));
        parameters.Add(new Parameter(Names.DicomDataset + "?", "dataset", isEvent ? "The Event Information, if any." : "The Action Information, if any."));
        WriteMethod(
            writer,
            service,
            client,
            isEvent ? "Notifies a peer, over its association while that lasts, else over a new one" : "Asks for an action",
            parameters,
            client.Operation + "Async",
            [sopClass, "sopInstanceUid", typeEnum is null ? name : "(ushort)" + name, "dataset"]);
    }

    /// <summary>The request of one action or event type, with its module.</summary>
    private static void WriteNamed(SourceWriter writer, BoundService service, BoundMethod client, NamedType type)
    {
        var isEvent = client.Operation == DimseOperation.NEventReport;
        var parameters = new List<Parameter>();
        if (isEvent)
        {
            parameters.Add(new Parameter(Names.Runtime + "PeerLink", "peer", "The peer, from the context of its request."));
        }

        var sopClass = AddSopClass(parameters, service, client);
        parameters.Add(new Parameter("string", "sopInstanceUid", "The SOP instance that the request is of; often a well-known one."));
        parameters.Add(client.Module is null
            ? new Parameter(Names.DicomDataset + "?", "information", "What the request carries, if anything.")
            : new Parameter(HandlerEmitter.Module(service, client.Module), "information", "What the request carries."));
        WriteMethod(
            writer,
            service,
            client,
            (isEvent ? "Notifies a peer of" : "Asks for") + $" \"{type.Title}\"",
            parameters,
            client.Operation + "Async",
            [sopClass, "sopInstanceUid", CSharpText.Number(type.Id), client.Module is null ? "information" : "information.Dataset"]);
    }

    /// <summary>Queries, retrieval, managed instances.</summary>
    private static void WriteOther(SourceWriter writer, BoundService service, BoundMethod client)
    {
        var parameters = new List<Parameter>();
        var sopClass = AddSopClass(parameters, service, client);
        var isComposite = client.Operation is DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove;
        parameters.Add(isComposite
            ? new Parameter(Names.DicomDataset, "identifier", "What is asked for.")
            : client.Operation == DimseOperation.NCreate
                ? new Parameter("string?", "sopInstanceUid", "The UID of the new SOP instance; null leaves the choice to the peer, whose answer then has it.")
                : new Parameter("string", "sopInstanceUid", "The SOP instance."));
        var summary = "Removes an instance";
        switch (client.Operation)
        {
            case DimseOperation.CFind:
                summary = "Asks for matches, which arrive one by one; the request is sent when they are looked at";
                break;
            case DimseOperation.CMove:
                summary = "Has the peer send instances to an application entity that it knows";
                parameters.Add(new Parameter("string", "moveDestination", "The AE title of the receiver."));
                break;
            case DimseOperation.CGet:
                summary = "Has the peer send instances over this association";
                parameters.Add(new Parameter($"global::System.Func<{Names.Runtime}CStoreContext, {Names.CancellationToken}, {Names.ValueTask}<{Names.Runtime}DimseResult<{StoreStatus}>>>", "store", "Takes an instance, and says what the peer is answered."));
                break;
            case DimseOperation.NGet:
                summary = "Gets attributes of an instance";
                parameters.Add(new Parameter($"{Names.ReadOnlyList}<{Names.DicomTag}>?", "attributes", "The attributes; null or empty for all."));
                break;
            case DimseOperation.NSet:
                summary = "Changes an instance";
                parameters.Add(new Parameter(ModuleOr(service, client, Names.DicomDataset), "modificationList", "The attributes to change, with their new values."));
                break;
            case DimseOperation.NCreate:
                summary = "Makes an instance";
                parameters.Add(new Parameter(ModuleOr(service, client, Names.DicomDataset) + "?", "dataset", "Attributes of the new instance, if any."));
                break;
        }

        if (client.Operation is DimseOperation.CGet or DimseOperation.CMove)
        {
            parameters.Add(new Parameter($"global::System.IProgress<{Names.Runtime}RetrieveProgress>?", "progress", "Reports each pending response.", " = null"));
        }

        // A module is the data set that it is a view of.
        var arguments = parameters.Select(static parameter => parameter.Name).Where(static name => name != "sopClass").Prepend(sopClass).ToArray();
        WriteMethod(writer, service, client, summary, parameters, client.Operation + "Async", arguments);
    }

    private static string ModuleOr(BoundService service, BoundMethod client, string type) => client.Module is null ? type : HandlerEmitter.Module(service, client.Module);

    /// <summary>A parameter for the SOP class, where there are several; gives what names it in a call.</summary>
    private static string AddSopClass(List<Parameter> parameters, BoundService service, BoundMethod client)
    {
        if (client.OnlySopClass is { } only)
        {
            return HandlerEmitter.SopClass(service, only);
        }

        parameters.Add(new Parameter(Names.SopClass, "sopClass", "The SOP class that the request is of."));
        return "sopClass";
    }

    /// <summary>What a client method returns: "ValueTask&lt;DimseResult&lt;…&gt;&gt;", "CFindQuery&lt;…&gt;".</summary>
    private static string Returns(BoundService service, BoundMethod client)
    {
        var status = service.Settings.Global(Names.StatusEnum(service.ShortName, client.Operation));
        return client.Operation switch
        {
            DimseOperation.CFind => $"{Names.Runtime}CFindQuery<{status}>",
            DimseOperation.CGet or DimseOperation.CMove => $"{Names.ValueTask}<{Names.Runtime}RetrieveOutcome<{status}>>",
            _ => HandlerEmitter.Result(service, client),
        };
    }

    private static void WriteMethod(
        SourceWriter writer,
        BoundService service,
        BoundMethod client,
        string summary,
        IReadOnlyList<Parameter> parameters,
        string call,
        IReadOnlyList<string> arguments)
    {
        var isProvider = service.IsScp;
        writer.Summary($"{summary}: {Names.Dimse(client.Operation)} of the {service.Title}{(client.Type is { HasId: false } type ? ", " + type.Title : "")}.", service.Reference);
        if (client.Operation == DimseOperation.CGet)
        {
            writer.Line($"/// <typeparam name=\"{StoreStatus}\">The Storage service class's status enum for C-STORE.</typeparam>");
        }

        foreach (var parameter in parameters)
        {
            writer.Line($"/// <param name=\"{parameter.Name}\">{CSharpText.Xml(parameter.Words)}</param>");
        }

        var (ends, returns) = client.Operation switch
        {
            DimseOperation.CFind => ("Cancels the query (C-CANCEL).", "The matches, and the peer's last answer."),
            DimseOperation.CGet or DimseOperation.CMove => ("Asks the peer to stop (C-CANCEL); its answer is waited for all the same.", "The peer's last answer, and what it counted."),
            _ => ("Cancels waiting for the answer.", client.Reply is null ? "The peer's answer." : "The peer's answer, with its module."),
        };
        writer.Line($"/// <param name=\"cancellationToken\">{ends}</param>").Line($"/// <returns>{returns}</returns>");
        writer.Line("/// <exception cref=\"global::Specgen.AssociationException\">The peer cannot be reached, did not accept the SOP class, aborts or does not answer in time.</exception>");
        writer.Line(GeneratedCode.Attribute);
        var accessibility = isProvider ? "private" : service.ClientsAreInternal ? "internal" : "public";
        var list = string.Join(", ", parameters.Select(static parameter => parameter.Type + " " + parameter.Name + parameter.Default).Append(Names.CancellationToken + " cancellationToken = default"));
        var status = service.Settings.Global(Names.StatusEnum(service.ShortName, client.Operation));
        var (stores, brings) = client.Operation == DimseOperation.CGet ? ($"<{StoreStatus}>", $", {StoreStatus}") : ("", "");
        var request = $"{(isProvider ? "peer" : "SpecgenAssociation")}.{call}<{status}{brings}>({string.Join(", ", arguments.Append("cancellationToken"))})";
        var isGeneric = stores.Length > 0;
        writer.Line($"{accessibility} {(client.Reply is null ? "" : "async ")}{Returns(service, client)} {client.Name}{stores}({list}){(isGeneric ? "" : " =>")}");
        using (writer.Indent())
        {
            if (isGeneric)
            {
                writer.Line($"where {StoreStatus} : struct, global::System.Enum =>");
            }

            writer.Line(client.Reply is null
                ? request + ";"
                : $"(await {request}.ConfigureAwait(false)).WithReply(static dataset => new {HandlerEmitter.Module(service, client.Reply)}(dataset));").Line();
        }
    }

    private readonly record struct Parameter(string Type, string Name, string Words, string Default = "");
}
