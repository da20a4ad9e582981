namespace Specgen.Network;

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
    private NegotiatedContext? _context;
    private CommandSet? _command;
    private IDataSetSink? _sink;
    private bool _isLast;

    /// <summary>A message has begun, and has not ended.</summary>
    public bool IsInMidst => _context is not null;

    public Violation? BeginFragment(byte contextId, byte control)
    {
        var isCommand = (control & PduType.CommandFragment) != 0;
        _isLast = (control & PduType.LastFragment) != 0;
        if (isCommand != _command is null)
        {
            return Violation.UnexpectedParameter(isCommand ? "a command where a data set was due" : "a data set without its command");
        }

        if (_context is not null)
        {
            return _context.Id == contextId ? null : Violation.UnexpectedParameter($"a message in the presentation contexts {_context.Id} and {contextId}");
        }

        _context = events.FindContext(contextId);
        return _context is null ? Violation.UnexpectedParameter($"a message in the presentation context {contextId}, which was not accepted") : null;
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

        return _command is null ? EndCommand(_context!) : EndMessage(_context!, _command, _sink);
    }

    /// <summary>The connection is over: drops what has come of a message.</summary>
    public void Abandon()
    {
        _sink?.Dispose();
        (_context, _command, _sink) = (null, null, null);
    }

    private Violation? EndCommand(NegotiatedContext context)
    {
        var command = CommandSet.Read(_bytes.AsSpan(0, _length));
        _length = 0;
        if (command is null)
        {
            return Violation.InvalidParameter("a command set that cannot be decoded");
        }

        if (!command.HasDataSet)
        {
            return EndMessage(context, command, null);
        }

        _command = command;
        _sink = events.BeginDataSet(context, command);
        return null;
    }

    private Violation? EndMessage(NegotiatedContext context, CommandSet command, IDataSetSink? sink)
    {
        (_context, _command, _sink) = (null, null, null);
        if (command.Field != CommandSet.CancelRequest)
        {
            return events.Received(context, command, sink);
        }

        sink?.Dispose();
        events.Cancelled(command.MessageIdBeingRespondedTo);
        return null;
    }
}
