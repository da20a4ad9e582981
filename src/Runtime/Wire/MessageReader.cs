namespace Specgen.Wire;

/// <summary>
/// Puts DIMSE messages together from their fragments (PS3.7 §6.3.1, PS3.8 Annex E): the command set is collected, the data set goes to a sink piece by piece. Messages of several presentation
/// contexts do not mix (PS3.8 E.2): what belongs to one message comes in one piece.
/// </summary>
internal sealed class MessageReader(IMessageEvents events)
{
    /// <summary>PS3.7's longest command set takes less than a kilobyte.</summary>
    private const int MaxCommandLength = 64 * 1024;

    private byte[] _bytes = new byte[512];
    private int _length;
    private byte _contextId;
    private CommandSet? _command;
    private IDataSetSink? _sink;
    private bool _isLast;

    /// <summary>A message has begun, and has not ended.</summary>
    public bool IsInMidst { get; private set; }

    public Violation? BeginFragment(byte contextId, byte control)
    {
        var isCommand = (control & PduType.CommandFragment) != 0;
        _isLast = (control & PduType.LastFragment) != 0;
        if (isCommand != _command is null)
        {
            return Violation.UnexpectedParameter(isCommand ? "a command where a data set was due" : "a data set without its command");
        }

        if (IsInMidst)
        {
            return _contextId == contextId ? null : Violation.UnexpectedParameter($"a message in the presentation contexts {_contextId} and {contextId}");
        }

        (IsInMidst, _contextId) = (true, contextId);
        return events.IsAccepted(contextId) ? null : Violation.UnexpectedParameter($"a message in the presentation context {contextId}, which was not accepted");
    }

    public Violation? Fragment(ReadOnlySpan<byte> bytes)
    {
        if (_sink is not null)
        {
            _sink.Write(bytes);
            return null;
        }

        if (_length + bytes.Length > MaxCommandLength)
        {
            return Violation.InvalidParameter($"a command set of more than {MaxCommandLength} bytes");
        }

        if (_length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + bytes.Length, _bytes.Length * 2));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        return null;
    }

    public Violation? EndFragment()
    {
        if (!_isLast)
        {
            return null;
        }

        return _command is null ? EndCommand() : EndMessage(_command, _sink);
    }

    /// <summary>The connection is over: drops what has come of a message.</summary>
    public void Abandon()
    {
        _sink?.Dispose();
        (IsInMidst, _command, _sink) = (false, null, null);
    }

    private Violation? EndCommand()
    {
        var command = CommandSet.Read(_bytes.AsSpan(0, _length));
        _length = 0;
        if (command is null)
        {
            return Violation.InvalidParameter("a command set that cannot be decoded");
        }

        if (!command.HasDataSet)
        {
            return EndMessage(command, null);
        }

        _command = command;
        _sink = events.BeginDataSet(_contextId, command);
        return null;
    }

    private Violation? EndMessage(CommandSet command, IDataSetSink? sink)
    {
        (IsInMidst, _command, _sink) = (false, null, null);
        if (command.Field != CommandSet.CancelRequest)
        {
            return events.Received(_contextId, command, sink);
        }

        sink?.Dispose();
        events.Cancelled(command.MessageIdBeingRespondedTo);
        return null;
    }
}
